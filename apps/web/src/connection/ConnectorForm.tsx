import { NativeSelect, NumberInput, PasswordInput, Switch, Textarea, TextInput } from '@mantine/core'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { ConnectorView } from '../api/api.ts'
import { RowsField } from './RowsField.tsx'
import { useLanguage } from '../language/use-language.ts'

type Field = ConnectorView['fields'][number]

/** What somebody entered, by the name of the field; texts as they were typed. */
export type Entered = Readonly<Record<string, string | number | boolean>>

/** The fields of a connector's settings. A secret is entered and never shown again. */
export function ConnectorForm({
  connector,
  entered,
  allOptional = false,
  onEnter,
}: {
  connector: { readonly fields: readonly Field[] }
  entered: Entered
  /** Nothing need be given, so that no field says so. */
  allOptional?: boolean
  onEnter: (entered: Entered) => void
}) {
  return connector.fields.map((field) => (
    <SettingField
      key={field.name}
      field={field}
      isMarked={!field.required && !allOptional}
      value={entered[field.name] ?? field.preset ?? ''}
      onChange={(value) => onEnter({ ...entered, [field.name]: value })}
    />
  ))
}

function SettingField({
  field,
  isMarked,
  value,
  onChange,
}: {
  field: Field
  isMarked: boolean
  value: string | number | boolean
  onChange: (value: string | number | boolean) => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const label = isMarked ? t('connect.optional', { label: field.label[language] }) : field.label[language]
  const hints = [
    field.help?.[language],
    unitWord(field.unit, t),
    field.kind === 'lines' ? t('connect.lines') : undefined,
    field.kind === 'json' ? t('connect.json') : undefined,
  ]
  const common = {
    label,
    description: hints.flatMap((hint) => (hint === undefined ? [] : [sentence(hint)])).join(' '),
    required: field.required,
    withAsterisk: false,
    autoComplete: 'off',
    spellCheck: false,
  }
  const text = String(value)
  const onText = (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value)
  if (field.kind === 'switch')
    return (
      <Switch
        label={field.label[language]}
        description={field.help?.[language]}
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    )
  if (field.kind === 'choice')
    return (
      <NativeSelect
        {...common}
        value={text}
        onChange={onText}
        data={[...(field.required ? [] : ['']), ...field.choices]}
      />
    )
  if (field.kind === 'number')
    return <NumberInput {...common} hideControls value={typeof value === 'number' ? value : text} onChange={onChange} />
  if (field.kind === 'rows')
    return <RowsField field={field} label={label} hint={common.description} value={text} onChange={onChange} />
  // A key with several lines would lose them in a field of one.
  if (field.secret && !/key|certificate|pem/i.test(field.name))
    return <PasswordInput {...common} autoComplete="new-password" value={text} onChange={onText} />
  if (field.kind === 'lines' || field.kind === 'json' || field.secret)
    return <Textarea {...common} autosize minRows={2} value={text} onChange={onText} />
  return <TextInput {...common} value={text} onChange={onText} />
}

/** With a full stop where it has no end, since another sentence may follow. */
const sentence = (text: string) => (/[.!?…]$/.test(text) ? text : `${text}.`)

/** The unit of a number in words; one without words stays as it is written. */
function unitWord(unit: string | undefined, t: TFunction): string | undefined {
  if (unit === undefined) return undefined
  return t('connect.in', { unit: t(`connect.unit.${unit}` as 'connect.unit.days', { defaultValue: unit }) })
}

/**
 * Settings as the server takes them: what was left empty is left out, so that its preset holds.
 *
 * @returns null where a structure is no JSON
 */
export function settingsOf(fields: readonly Field[], entered: Entered): Record<string, unknown> | null {
  const settings: Record<string, unknown> = {}
  for (const { name, kind, preset } of fields) {
    const value = entered[name] ?? preset ?? ''
    if (value === '') continue
    if (kind === 'lines')
      settings[name] = String(value)
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '')
    else if (kind === 'json' || kind === 'rows') {
      const parsed = jsonOf(String(value))
      if (parsed === undefined) return null
      settings[name] = parsed
    } else settings[name] = typeof value === 'string' ? value.trim() : value
  }
  return settings
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
