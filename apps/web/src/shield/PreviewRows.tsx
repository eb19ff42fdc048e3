import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { call } from '../api/call.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useTenant } from '../api/use-api.ts'
import { longestSample } from './plan.ts'

/** The first rows before and after, when a person who may asks for them. */
export function PreviewRows({ file, plan }: { file: File; plan: string }) {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const looking = useMutation({
    mutationFn: async () => {
      const sample = base64(await file.slice(0, longestSample).bytes())
      return await call('shield.preview', { plan, sample }, slug)
    },
  })
  return (
    <div className="shield-preview">
      <Button loading={looking.isPending} onClick={() => looking.mutate()}>
        {t('shield.preview')}
      </Button>{' '}
      <span className="note quiet">{t('shield.previewText')}</span>
      {looking.error ? (
        <p role="alert" className="bad">
          {sentenceOf(looking.error, t)}
        </p>
      ) : null}
      {looking.data ? (
        <>
          <h3>{t('shield.previewTitle')}</h3>
          <Rows title={t('shield.before')} columns={looking.data.columns} rows={looking.data.before} />
          <Rows title={t('shield.after')} columns={looking.data.columns} rows={looking.data.after} />
        </>
      ) : null}
    </div>
  )
}

/** What is scrolled must be reached by the keyboard (WCAG 2.1.1). */
const scrolled = { tabIndex: 0 }

function Rows({
  title,
  columns,
  rows,
}: {
  title: string
  columns: readonly string[] | null
  rows: readonly (readonly string[])[]
}) {
  return (
    <div className="shield-rows" role="region" aria-label={title} {...scrolled}>
      <table>
        <caption>{title}</caption>
        {columns === null ? null : (
          <thead>
            <tr>
              {columns.map((name, place) => (
                <th key={place} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {rows.map((row, line) => (
            <tr key={line}>
              {row.map((cell, place) => (
                <td key={place}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function base64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192))
  return btoa(text)
}
