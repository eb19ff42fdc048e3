import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { fetchFile, keepFile } from '../api/download.ts'
import { tenantAddress } from '../api/request.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useTenant } from '../api/use-api.ts'
import { bytesIn, count, day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { typeName } from '../shield/type-name.ts'
import { typeWord } from './kind.ts'
import { hasPreview, Preview } from './Preview.tsx'
import type { FileView } from './send.ts'

/** What the shield took out before the file was kept, or why it was not to. */
function Removed({ file: { shielded, namesFor } }: { file: FileView }) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (namesFor !== null) return <p className="note quiet">{t('file.withNames', { why: namesFor })}</p>
  if (shielded === null) return null
  const what = Object.entries(shielded).map(([type, found]) => `${typeName(type, t)} ${count(found, language)}`)
  return (
    <p className="note quiet">
      {what.length === 0 ? t('file.nothingRemoved') : t('file.removed', { what: what.join(', ') })}
    </p>
  )
}

/** One file: its name leads to a copy of it; below stands what it is, how large, since when, and whether it was scanned. */
export function FileLine({
  file,
  more,
  isRow = false,
  children,
}: {
  file: FileView
  /** A further sentence. */
  more?: string
  /** Whether it stands in a list of rows of a page. */
  isRow?: boolean
  children?: ReactNode
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  const name = file.name ?? ''
  const keeping = useMutation({
    mutationFn: async () => keepFile(await fetchFile(tenantAddress(slug, 'file.read', { fileId: file.fileId }), name)),
  })
  const says = [
    t(`file.type.${typeWord(file.type)}`),
    bytesIn(file.size, language),
    day(file.addedAt, language),
    t(`file.scan.${file.scan}`),
  ].join(' · ')
  return (
    <li className={isRow ? 'row file' : 'file'}>
      <div className="file-main">
        {file.name === null ? (
          <p>{t('file.gone', { on: day(file.removedAt ?? file.addedAt, language) })}</p>
        ) : (
          <button
            type="button"
            className="text-button file-name"
            aria-label={t('file.keep', { name })}
            aria-busy={keeping.isPending}
            onClick={() => keeping.mutate()}
          >
            {file.name}
          </button>
        )}
        <p className="note quiet">{says}</p>
        <Removed file={file} />
        {more === undefined ? null : <p className="note quiet">{more}</p>}
        <p className="note quiet file-hash" title={file.sha256}>
          {t('file.hash', { hash: file.sha256.slice(0, 16) })}
        </p>
        {keeping.error ? (
          <p role="alert" className="bad">
            {sentenceOf(keeping.error, t)}
          </p>
        ) : null}
      </div>
      {hasPreview(file) || children ? (
        <div className="file-actions">
          {hasPreview(file) ? <Preview file={file} /> : null}
          {children}
        </div>
      ) : null}
    </li>
  )
}
