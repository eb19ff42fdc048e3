import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import type { Output } from '../api/api.ts'
import { useChange, useRead } from '../api/use-api.ts'
import { Reason } from '../duty/Reason.tsx'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { bytesIn, count } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { FileLine } from './FileLine.tsx'
import { kindKey } from './kind.ts'
import { Periods } from './Periods.tsx'
import './file.css'

type Found = Output<'file.search'>

/** Every file of the tenant that the caller may see, what it belongs to, and how long files are kept. */
export function FilesPage() {
  const { t } = useTranslation()
  const language = useLanguage()
  const [kind, setKind] = useState('')
  const [text, setText] = useState('')
  const [page, setPage] = useState(0)
  const wanted = useDeferredValue(text.trim())
  const read = useRead(
    'file.search',
    { ...(kind === '' ? {} : { kind }), ...(wanted === '' ? {} : { text: wanted }), page },
    { keep: true },
  )
  const isNarrow = kind !== '' || wanted !== ''
  return (
    <Page title={t('file.title')} lead={t('file.lead')}>
      <Loaded read={read}>
        {(data) => (
          <>
            <div className="file-filters">
              <TextInput
                type="search"
                label={t('file.search')}
                maxLength={100}
                value={text}
                onChange={(event) => {
                  setText(event.currentTarget.value)
                  setPage(0)
                }}
              />
              <NativeSelect
                label={t('file.of')}
                value={kind}
                onChange={(event) => {
                  setKind(event.currentTarget.value)
                  setPage(0)
                }}
                data={[
                  { value: '', label: t('file.everything') },
                  ...data.kinds.map((one) => ({ value: one.kind, label: t(`file.kind.${kindKey(one.kind)}`) })),
                ]}
              />
            </div>
            {data.found === 0 ? (
              <p>{t(isNarrow ? 'file.noneFound' : 'file.none')}</p>
            ) : (
              <p className="note quiet">
                {t('file.sum', {
                  count: data.found,
                  files: count(data.found, language),
                  size: bytesIn(data.bytes, language),
                })}
              </p>
            )}
            <FoundFiles files={data.files} isOld={read.isPlaceholderData} />
            {data.pages < 2 ? null : (
              <nav className="pager" aria-label={t('file.pages')}>
                <Button size="compact-sm" disabled={page === 0} onClick={() => setPage(page - 1)}>
                  {t('file.before')}
                </Button>
                <Button size="compact-sm" disabled={page + 1 >= data.pages} onClick={() => setPage(page + 1)}>
                  {t('file.next')}
                </Button>
              </nav>
            )}
            <Periods kinds={data.kinds} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function FoundFiles({ files, isOld }: { files: Found['files']; isOld: boolean }) {
  const mayRemove = useMay('access:write')
  return (
    <ul className="rows" aria-busy={isOld}>
      {files.map((file) => (
        <FoundFile key={file.fileId} file={file} mayRemove={mayRemove} />
      ))}
    </ul>
  )
}

function FoundFile({ file, mayRemove }: { file: Found['files'][number]; mayRemove: boolean }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const removing = useChange('file.remove', {
    stale: ['file.search', 'file.list', 'duty.show'],
    onDone: () => setAsking(false),
  })
  const name = file.name ?? ''
  const of = [...new Set(file.uses.map(({ kind }) => t(`file.kind.${kindKey(kind)}`)))].join(', ')
  return (
    <FileLine file={file} isRow more={t('file.belongsTo', { of })}>
      {mayRemove && file.name !== null ? (
        <>
          <button
            type="button"
            className="text-button"
            aria-label={t('file.deleteOf', { name })}
            onClick={() => setAsking(true)}
          >
            {t('file.delete')}
          </button>
          <Dialog title={t('file.deleteOf', { name })} opened={asking} onClose={() => setAsking(false)}>
            <Reason
              lead={t('file.deleteText')}
              action={t('file.delete')}
              sending={removing}
              onReason={(reason) => removing.mutate({ fileId: file.fileId, reason })}
            />
          </Dialog>
        </>
      ) : null}
    </FileLine>
  )
}
