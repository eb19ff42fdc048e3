import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tenantAddress } from '../api/request.ts'
import { useTenant } from '../api/use-api.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { Loading } from '../frame/Loading.tsx'
import { typeWord } from './kind.ts'
import type { FileView } from './send.ts'

/** Whether something of a file can be shown in the page. */
export function hasPreview(file: FileView): boolean {
  return file.name !== null && ['pdf', 'picture'].includes(typeWord(file.type))
}

/** Shows a picture, or the first page of a PDF as one: as an image, in which nothing runs. */
export function Preview({ file }: { file: FileView }) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  const name = file.name ?? ''
  return (
    <>
      <button
        type="button"
        className="text-button"
        aria-label={t('file.previewOf', { name })}
        onClick={() => setOpened(true)}
      >
        {t('file.preview')}
      </button>
      <Dialog title={name} opened={opened} onClose={() => setOpened(false)}>
        {opened ? <Shown file={file} name={name} /> : null}
      </Dialog>
    </>
  )
}

function Shown({ file, name }: { file: FileView; name: string }) {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const [state, setState] = useState<'loading' | 'shown' | 'failed'>('loading')
  if (state === 'failed') return <p>{t('file.noPreview')}</p>
  return (
    <>
      {state === 'loading' ? <Loading /> : null}
      <img
        className="file-preview"
        src={tenantAddress(slug, 'file.preview', { fileId: file.fileId })}
        alt={t('file.pictureOf', { name })}
        onLoad={() => setState('shown')}
        onError={() => setState('failed')}
      />
      {typeWord(file.type) === 'pdf' ? <p className="note quiet">{t('file.firstPage')}</p> : null}
    </>
  )
}
