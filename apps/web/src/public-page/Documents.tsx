import { Button, FileInput, NativeSelect, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import type { Output } from '../api/api.ts'
import { sendDocument } from '../api/send-file.ts'
import { sentenceOf } from '../api/sentence.ts'
import { tenantAddress } from '../api/request.ts'
import { keyOf, useChange, useTenant } from '../api/use-api.ts'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { Reason } from './Reason.tsx'

type Document = Output<'disclosure.list'>['documents'][number]

/** Documents beside the edition, for everybody or on request. */
export function Documents({ documents }: { documents: readonly Document[] }) {
  const { t } = useTranslation()
  const mayWrite = useMay('room:write')
  return (
    <section className="section" aria-labelledby="documents">
      <h2 id="documents">{t('public.documents')}</h2>
      <p className="quiet">{t('public.documentsLead')}</p>
      {documents.length === 0 ? <p className="quiet">{t('public.noDocuments')}</p> : null}
      <ul className="rows">
        {documents.map((document) => (
          <OneDocument key={document.documentId} document={document} />
        ))}
      </ul>
      {mayWrite ? (
        <details className="public-more">
          <summary>{t('public.addDocument')}</summary>
          <AddDocument />
        </details>
      ) : null}
    </section>
  )
}

function OneDocument({ document: { documentId, title, audience, addedAt } }: { document: Document }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  const mayWrite = useMay('room:write')
  const withdrawing = useChange('disclosure.withdraw_document', { stale: ['disclosure.list'], quiet: true })
  return (
    <li className="row">
      <div className="row-main">
        <a href={tenantAddress(slug, 'disclosure.document', { documentId })} className="row-title" download>
          {title}
        </a>
        <p className="note quiet">
          {t(`public.audience.${audience}`)} · {day(addedAt, language)}
        </p>
        {mayWrite ? (
          <Reason
            label={t('public.withdraw')}
            about={t('public.withdrawWhat', { title })}
            isPending={withdrawing.isPending}
            error={withdrawing.error}
            onReason={(reason) => withdrawing.mutate({ documentId, reason })}
          />
        ) : null}
      </div>
    </li>
  )
}

const audiences = ['request', 'public'] as const

function AddDocument() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const slug = useTenant() ?? ''
  const [file, setFile] = useState<File | null>(null)
  const [title, setTitle] = useState('')
  const [audience, setAudience] = useState<(typeof audiences)[number]>('request')
  const adding = useMutation({
    mutationFn: (chosen: File) => sendDocument(slug, { title: title.trim(), audience }, chosen),
    onSuccess: () => {
      setFile(null)
      setTitle('')
      void client.invalidateQueries({ queryKey: keyOf(slug, 'disclosure.list') })
    },
  })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        if (file) adding.mutate(file)
      }}
    >
      <TextInput
        label={t('public.documentTitle')}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        required
        withAsterisk={false}
        maxLength={200}
        autoComplete="off"
      />
      <FileInput
        label={t('public.file')}
        description={t('public.fileHint')}
        placeholder={t('transfer.choose')}
        accept=".pdf,.docx,.xlsx,.zip,.txt"
        value={file}
        onChange={setFile}
        error={adding.error ? sentenceOf(adding.error, t) : undefined}
        clearable
        clearButtonProps={{ 'aria-label': t('transfer.clear') }}
      />
      <NativeSelect
        label={t('public.for')}
        value={audience}
        onChange={(event) => setAudience(event.currentTarget.value === 'public' ? 'public' : 'request')}
        data={audiences.map((one) => ({ value: one, label: t(`public.audience.${one}`) }))}
      />
      <Button type="submit" loading={adding.isPending} disabled={file === null}>
        {t('public.addDocument')}
      </Button>
    </form>
  )
}
