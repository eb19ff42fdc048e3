import { Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sentenceOf } from '../api/sentence.ts'
import { useChange, useRead } from '../api/use-api.ts'
import { FileField } from '../file/FileField.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { stale } from './request-view.ts'
import type { LetterKind, Shown } from './request-view.ts'

/** What a form was refused for, as a sentence. */
export function Failure({ error }: { error: Error | null }) {
  const { t } = useTranslation()
  return error ? (
    <p role="alert" className="bad">
      {sentenceOf(error, t)}
    </p>
  ) : null
}

const grounds = [
  'excessive',
  'unfounded',
  'not-identified',
  'no-data',
  'expression',
  'legal-duty',
  'public-interest',
  'claims',
  'rights-of-others',
  'compelling-grounds',
  'other',
] as const
const ways = ['letter', 'link', 'mail', 'post', 'phone'] as const

/** A letter to the person: drafted with what the law asks for, changed by whoever sends it, and what is decided by it. */
export function Letter({ shown, kind, onDone }: { shown: Shown; kind: LetterKind; onDone: () => void }) {
  const { t } = useTranslation()
  const [ground, setGround] = useState<(typeof grounds)[number]>('legal-duty')
  const { requestId } = shown.request
  const read = useRead('request.propose', {
    requestId,
    letter: kind,
    ...(kind === 'refusal' ? { ground } : {}),
  })
  return (
    <>
      {kind === 'refusal' ? (
        <div className="form">
          <NativeSelect
            label={t('request.groundLabel')}
            value={ground}
            onChange={(event) => setGround(grounds.find((one) => one === event.currentTarget.value) ?? 'other')}
            data={grounds.map((value) => ({ value, label: t(`request.ground.${value}`) }))}
          />
        </div>
      ) : null}
      <Loaded read={read}>
        {(draft) => (
          <LetterForm
            key={`${kind} ${ground}`}
            shown={shown}
            kind={kind}
            ground={ground}
            draft={draft}
            onDone={onDone}
          />
        )}
      </Loaded>
    </>
  )
}

function LetterForm({
  shown,
  kind,
  ground,
  draft,
  onDone,
}: {
  shown: Shown
  kind: LetterKind
  ground: (typeof grounds)[number]
  draft: { subject: string; text: string; mayMail: boolean }
  onDone: () => void
}) {
  const { t } = useTranslation()
  const [subject, setSubject] = useState(draft.subject)
  const [text, setText] = useState(draft.text)
  const offered = ways.filter((way) => way !== 'letter' || draft.mayMail)
  const [way, setWay] = useState<(typeof ways)[number]>(offered[0] ?? 'link')
  const [more, setMore] = useState({ asked: '', reason: '', handsOut: shown.request.lookedAt !== null })
  const [contractId, setContractId] = useState(shown.agreements[0]?.contractId ?? '')
  const [fileIds, setFileIds] = useState<string[]>([])
  const [isBusy, setBusy] = useState(false)
  const sending = useSending(onDone)
  const { requestId } = shown.request
  const said = { requestId, subject, text, way }
  const submit = () => {
    const { asked, reason, handsOut } = more
    if (kind === 'receipt') sending.receipt.mutate(said)
    if (kind === 'identity') sending.identity.mutate({ ...said, asked, reason })
    if (kind === 'extension') sending.extension.mutate({ ...said, reason })
    if (kind === 'answer') sending.answer.mutate({ ...said, handsOut, fileIds })
    if (kind === 'refusal') sending.refusal.mutate({ ...said, ground, reason })
    if (kind === 'forwarded') sending.forwarded.mutate({ ...said, contractId })
  }
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      {kind === 'identity' ? (
        <>
          <p className="quiet">{t('request.identityHint')}</p>
          <Textarea
            required
            autosize
            minLength={3}
            maxLength={1_000}
            label={t('request.askedLabel')}
            value={more.asked}
            onChange={(event) => setMore({ ...more, asked: event.currentTarget.value })}
          />
        </>
      ) : null}
      {kind === 'identity' || kind === 'extension' || kind === 'refusal' ? (
        <Textarea
          required
          autosize
          minLength={3}
          maxLength={kind === 'identity' ? 1_000 : 2_000}
          label={t(`request.reasonOf.${kind}`)}
          value={more.reason}
          onChange={(event) => setMore({ ...more, reason: event.currentTarget.value })}
        />
      ) : null}
      {kind === 'forwarded' ? (
        shown.agreements.length === 0 ? (
          <p role="status">{t('request.noAgreements')}</p>
        ) : (
          <NativeSelect
            label={t('request.customer')}
            value={contractId}
            onChange={(event) => setContractId(event.currentTarget.value)}
            data={shown.agreements.map((one) => ({ value: one.contractId, label: one.customer }))}
          />
        )
      ) : null}
      {kind === 'answer' ? (
        <>
          <Checkbox
            disabled={shown.request.lookedAt === null}
            label={t('request.handsOut')}
            description={t('request.handsOutHint')}
            checked={more.handsOut}
            onChange={(event) => setMore({ ...more, handsOut: event.currentTarget.checked })}
          />
          <FileField label={t('request.handedFiles')} value={fileIds} onChange={setFileIds} onBusy={setBusy} />
        </>
      ) : null}
      <TextInput
        required
        maxLength={200}
        label={t('request.subject')}
        value={subject}
        onChange={(event) => setSubject(event.currentTarget.value)}
      />
      <Textarea
        required
        autosize
        minRows={8}
        maxLength={20_000}
        label={t('request.letterText')}
        description={t('request.letterHint')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <NativeSelect
        label={t('request.wayLabel')}
        value={way}
        onChange={(event) => setWay(ways.find((one) => one === event.currentTarget.value) ?? 'link')}
        data={offered.map((value) => ({ value, label: t(`request.way.${value}`) }))}
      />
      <Failure error={sending[kind].error} />
      <div className="actions">
        <Button
          type="submit"
          variant="filled"
          disabled={isBusy || (kind === 'forwarded' && contractId === '')}
          loading={sending[kind].isPending}
        >
          {t(`request.act.${kind}`)}
        </Button>
      </div>
    </form>
  )
}

function useSending(onDone: () => void) {
  const options = { stale, quiet: true, onDone }
  return {
    receipt: useChange('request.acknowledge', options),
    identity: useChange('request.ask_identity', options),
    extension: useChange('request.extend', options),
    answer: useChange('request.answer', options),
    refusal: useChange('request.refuse', options),
    forwarded: useChange('request.forward', options),
  }
}
