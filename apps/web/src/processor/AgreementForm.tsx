import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sentenceOf } from '../api/sentence.ts'
import { useChange } from '../api/use-api.ts'
import { FileField } from '../file/Files.tsx'
import { stale } from './processor-view.ts'
import type { AgreementView } from './processor-view.ts'

/** Files an agreement, or changes what is filed. */
export function AgreementForm({
  processorId,
  agreement,
  onDone,
}: {
  processorId: string
  agreement?: AgreementView
  onDone: () => void
}) {
  const { t } = useTranslation()
  const [title, setTitle] = useState(agreement?.title ?? t('processor.agreementTitle'))
  const [validFrom, setFrom] = useState(agreement?.validFrom ?? '')
  const [validUntil, setUntil] = useState(agreement?.validUntil ?? '')
  const [fileIds, setFiles] = useState<string[]>([])
  const [busy, setBusy] = useState(false)
  const keeping = useChange('processor.keep_agreement', { stale, quiet: true, onDone })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        keeping.mutate({
          processorId,
          ...(agreement ? { agreementId: agreement.agreementId } : {}),
          title,
          validFrom,
          validUntil: validUntil === '' ? null : validUntil,
          fileIds,
        })
      }}
    >
      <TextInput
        required
        withAsterisk={false}
        maxLength={200}
        label={t('processor.paperTitle')}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <TextInput
        type="date"
        required
        withAsterisk={false}
        label={t('processor.validFrom')}
        value={validFrom}
        onChange={(event) => setFrom(event.currentTarget.value)}
      />
      <TextInput
        type="date"
        label={t('processor.validUntil')}
        description={t('processor.openEnd')}
        value={validUntil}
        onChange={(event) => setUntil(event.currentTarget.value)}
      />
      <FileField
        label={t('processor.file')}
        required={agreement === undefined}
        value={fileIds}
        onChange={setFiles}
        onBusy={setBusy}
      />
      {keeping.error ? (
        <p role="alert" className="bad">
          {sentenceOf(keeping.error, t)}
        </p>
      ) : null}
      <Button type="submit" variant="filled" loading={keeping.isPending} disabled={busy}>
        {t('processor.save')}
      </Button>
    </form>
  )
}
