import { Button, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ConnectorView } from '../api/api.ts'
import { useLanguage } from '../language/use-language.ts'
import { cellsOf, withCell } from './rows.ts'

/** A list of records, one a row; the form keeps it as JSON. */
export function RowsField({
  field: { name, columns },
  label,
  hint,
  value,
  onChange,
}: {
  field: Pick<ConnectorView['fields'][number], 'name' | 'columns'>
  label: string
  hint: string
  /** JSON, as the form has it; empty: no row. */
  value: string
  onChange: (value: string) => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const rows = cellsOf(value)
  const names = columns.map((column) => column.name)
  const keep = (changed: readonly Record<string, string>[]) =>
    onChange(changed.length === 0 ? '' : JSON.stringify(changed))
  return (
    <fieldset className="rows-field">
      <legend>{label}</legend>
      {hint === '' ? null : <p className="note quiet">{hint}</p>}
      {rows.map((row, n) => (
        // Rows have no names of their own, and are only added at the end.
        <div key={`${name} ${n}`} className="rows-field-row">
          {columns.map((column) => (
            <TextInput
              key={column.name}
              size="sm"
              type={column.kind === 'day' ? 'date' : 'text'}
              label={column.label[language]}
              value={row[column.name] ?? ''}
              onChange={(event) => keep(withCell(rows, n, column.name, event.currentTarget.value))}
              required
              withAsterisk={false}
              autoComplete="off"
              spellCheck={false}
            />
          ))}
          <button
            type="button"
            className="text-button"
            aria-label={t('connect.removeRow', { number: n + 1 })}
            onClick={() => keep(rows.filter((_, at) => at !== n))}
          >
            {t('connect.remove')}
          </button>
        </div>
      ))}
      <Button size="compact-sm" onClick={() => keep([...rows, Object.fromEntries(names.map((one) => [one, '']))])}>
        {t('connect.addRow')}
      </Button>
    </fieldset>
  )
}
