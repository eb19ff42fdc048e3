import { Button, FileInput, Progress, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { whoami } from '../account/session.ts'
import type { UploadStage } from '../api/call.ts'
import { sentenceOf } from '../api/sentence.ts'
import { importTenant } from '../api/transfer.ts'
import type { ImportedView } from '../api/transfer.ts'
import { keyOf } from '../api/use-api.ts'

/** Makes a tenant of the export of another installation; shows how far it is, and what has to be entered again. */
export function Import() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [file, setFile] = useState<File | null>(null)
  const [slug, setSlug] = useState('')
  const [stage, setStage] = useState<UploadStage | null>(null)
  const importing = useMutation({
    mutationFn: (chosen: File) => importTenant(chosen, slug.trim(), setStage),
    onSuccess: () => {
      setFile(null)
      setSlug('')
      void client.invalidateQueries({ queryKey: keyOf(null, 'tenant.list') })
      void client.invalidateQueries({ queryKey: whoami.queryKey })
    },
    onSettled: () => setStage(null),
  })
  return (
    <section className="section" aria-labelledby="import">
      <h2 id="import">{t('transfer.importTitle')}</h2>
      <p>{t('transfer.importText')}</p>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          if (file) importing.mutate(file)
        }}
      >
        <FileInput
          label={t('transfer.file')}
          placeholder={t('transfer.choose')}
          accept=".zip,application/zip"
          value={file}
          onChange={setFile}
          error={importing.error ? sentenceOf(importing.error, t) : undefined}
          clearable
          clearButtonProps={{ 'aria-label': t('transfer.clear') }}
        />
        <TextInput
          label={t('transfer.slug')}
          description={t('transfer.slugHint')}
          value={slug}
          onChange={(event) => setSlug(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
        />
        <Button type="submit" loading={importing.isPending} disabled={file === null}>
          {t('transfer.import')}
        </Button>
      </form>
      <div role="status">
        {stage === null ? null : (
          <>
            <p className="note quiet">{t(`transfer.stage.${stage.stage}`)}</p>
            <Progress
              aria-label={t(`transfer.stage.${stage.stage}`)}
              value={stage.stage === 'sending' ? 100 * stage.sent : 100}
              animated={stage.stage === 'reading'}
            />
          </>
        )}
        {importing.data ? <Done imported={importing.data} /> : null}
      </div>
    </section>
  )
}

function Done({ imported: { slug, invitations, enterAgain } }: { imported: ImportedView }) {
  const { t } = useTranslation()
  return (
    <>
      <p>
        <Link to="/t/$slug" params={{ slug }}>
          {t('transfer.imported', { slug })}
        </Link>
        {invitations === 0 ? null : <> {t('transfer.invitations', { count: invitations })}</>}
      </p>
      {enterAgain.length === 0 ? null : (
        <>
          <p>{t('transfer.enterAgain')}</p>
          <ul>
            {enterAgain.map(({ id, what }) => (
              <li key={id}>
                <code>{what}</code>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}
