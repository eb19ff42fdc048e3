import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fetchFile, keepFile } from '../api/download.ts'
import { tenantAddress } from '../api/request.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useTenant } from '../api/use-api.ts'
import { bytesIn } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { exportQuery, formats, isOfOneTime } from './export-query.ts'
import type { ExportFormat, Wanted } from './export-query.ts'
import '../history/history.css'

/**
 * Outcomes as a file for other programs.
 *
 * @param environment  the one that the page shows; null: all of them
 */
export function ExportOutcomes({ environment }: { environment: string | null }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  const [wanted, setWanted] = useState<Wanted>({ format: 'csv', from: '', to: '' })
  const choose = (change: Partial<Wanted>) => setWanted((before) => ({ ...before, ...change }))
  const exporting = useMutation({
    mutationFn: async () => {
      const query = exportQuery(wanted, environment, language)
      const file = await fetchFile(tenantAddress(slug, 'outcome.export', query), `outcomes.${wanted.format}`)
      keepFile(file)
      return file.blob.size
    },
  })
  return (
    <details className="fold">
      <summary>
        <h2>{t('export.title')}</h2>
        <span className="quiet">{t('export.lead')}</span>
      </summary>
      <form
        className="filters"
        onSubmit={(event) => {
          event.preventDefault()
          exporting.mutate()
        }}
      >
        <NativeSelect
          label={t('export.format')}
          value={wanted.format}
          onChange={(event) => choose({ format: formats.find((one) => one === event.currentTarget.value) ?? 'csv' })}
          data={formats.map((value) => ({ value, label: t(`export.formats.${value}`) }))}
        />
        {isOfOneTime(wanted.format)
          ? null
          : (['from', 'to'] as const).map((end) => (
              <TextInput
                key={end}
                type="date"
                label={t(`export.${end}`)}
                value={wanted[end]}
                onChange={(event) => choose({ [end]: event.currentTarget.value })}
              />
            ))}
        <Button type="submit" loading={exporting.isPending}>
          {t('export.download')}
        </Button>
      </form>
      <p className="note quiet">
        {about(wanted.format)} {t(isPeriod(wanted) ? 'export.period' : 'export.now')} {t('export.people')}
      </p>
      {exporting.error ? (
        <p className="field-problem" role="alert">
          {sentenceOf(exporting.error, t)}
        </p>
      ) : null}
      <p className="note quiet" role="status">
        {exporting.data === undefined ? '' : t('export.done', { size: bytesIn(exporting.data, language) })}
      </p>
    </details>
  )

  function about(format: ExportFormat): string {
    return t(`export.about.${format}`)
  }
}

function isPeriod({ format, from, to }: Wanted): boolean {
  return !isOfOneTime(format) && (from !== '' || to !== '')
}
