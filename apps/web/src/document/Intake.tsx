import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DocumentView } from '../api/api.ts'
import { readDocument } from '../api/call.ts'
import type { UploadStage } from '../api/call.ts'
import { sentenceOf } from '../api/sentence.ts'
import { keyOf, useChange, useRead, useTenant } from '../api/use-api.ts'
import { useMay } from '../account/session.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { count, day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { accepted, refuseFile } from './file.ts'

/** Drop a document here; below it, the documents that were read before. */
export function Intake() {
  const { t } = useTranslation()
  const documents = useRead('document.list', {})
  const mayWrite = useMay('register:write')
  return (
    <Page title={t('read.title')} lead={t('read.lead')}>
      {mayWrite ? <DropZone /> : <p>{t('read.mayNot')}</p>}
      <Loaded read={documents}>
        {({ documents }) =>
          documents.length === 0 ? null : (
            <section className="section">
              <h2>{t('read.documents')}</h2>
              <ul className="rows">
                {documents.map((document) => (
                  <DocumentRow key={document.id} document={document} mayWrite={mayWrite} />
                ))}
              </ul>
            </section>
          )
        }
      </Loaded>
    </Page>
  )
}

function DropZone() {
  const { t } = useTranslation()
  const tenant = useTenant() ?? ''
  const client = useQueryClient()
  const navigate = useNavigate()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [stage, setStage] = useState<UploadStage>({ stage: 'sending', sent: 0 })
  const leave = useRef(new AbortController())
  const reading = useMutation({
    mutationFn: (file: File) => {
      const refused = refuseFile(file)
      if (refused !== null) throw new Error(refused)
      setStage({ stage: 'sending', sent: 0 })
      leave.current = new AbortController()
      return readDocument(tenant, file, setStage, leave.current.signal)
    },
    onSuccess: async (document) => {
      await client.invalidateQueries({ queryKey: keyOf(tenant, 'document.list') })
      await navigate({ to: '/t/$slug/read', params: { slug: tenant }, search: { document: document.id } })
    },
  })
  const start = (files: FileList | null) => {
    const file = files?.[0]
    if (file) reading.mutate(file)
  }
  const error = reading.error
  const own =
    error && (error.message === 'empty' || error.message === 'large') ? t(`read.refused.${error.message}`) : null
  return (
    <div
      className="drop"
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        if (!reading.isPending) start(event.dataTransfer.files)
      }}
    >
      {reading.isPending ? (
        <div role="status">
          <p className="drop-title">
            {t(stage.stage === 'sending' ? 'read.sending' : 'read.reading', { name: reading.variables.name })}
          </p>
          <progress
            aria-label={t('read.progress')}
            max={1}
            {...(stage.stage === 'sending' ? { value: stage.sent } : {})}
          />
          <Button onClick={() => leave.current.abort()}>{t('action.cancel')}</Button>
        </div>
      ) : (
        <>
          <h2 className="drop-title">{t('read.drop')}</h2>
          <p className="quiet">{t('read.formats')}</p>
          <input
            ref={input}
            type="file"
            className="hidden"
            tabIndex={-1}
            aria-label={t('read.choose')}
            accept={accepted}
            onChange={(event) => {
              start(event.currentTarget.files)
              event.currentTarget.value = ''
            }}
          />
          <Button variant="filled" onClick={() => input.current?.click()}>
            {t('read.choose')}
          </Button>
          {error ? (
            <p className="field-problem" role="alert">
              {own ?? sentenceOf(error, t)}
            </p>
          ) : null}
        </>
      )}
    </div>
  )
}

function DocumentRow({ document, mayWrite }: { document: DocumentView; mayWrite: boolean }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  const [asking, setAsking] = useState(false)
  const discard = useChange('document.discard', { stale: ['document.list'], onDone: () => setAsking(false) })
  return (
    <li className="row">
      <div>
        <Link to="/t/$slug/read" params={{ slug }} search={{ document: document.id }} className="row-title">
          {document.title ?? document.name}
        </Link>
        <p className="note quiet">
          {[
            t(`read.state.${document.state}`),
            document.name,
            t('read.words', { count: document.words, words: count(document.words, language) }),
            day(document.readAt, language),
          ].join(' · ')}
        </p>
      </div>
      {mayWrite && document.state === 'draft' ? (
        <Button size="compact-sm" variant="subtle" onClick={() => setAsking(true)}>
          {t('read.discard')}
        </Button>
      ) : null}
      <Dialog title={t('read.discardTitle')} opened={asking} onClose={() => setAsking(false)}>
        <p>{t('read.discardText', { name: document.name })}</p>
        <div className="actions">
          <Button
            color="bad"
            variant="filled"
            loading={discard.isPending}
            onClick={() => discard.mutate({ documentId: document.id })}
          >
            {t('read.discard')}
          </Button>
          <Button onClick={() => setAsking(false)}>{t('action.cancel')}</Button>
        </div>
      </Dialog>
    </li>
  )
}
