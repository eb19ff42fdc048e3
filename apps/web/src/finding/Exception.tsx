import { Button, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import type { FindingView } from '../api/api.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange } from '../api/use-api.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { nameOf, spanOfException } from './finding-view.ts'

/** What an exception makes old: the findings, and every line that rests on the check. */
const stale = ['finding.list', 'finding.history', 'exception.list', 'register.show', 'measure.list'] as const

/** The exception that holds for a finding, and the way to end it. */
export function Excepted({
  finding,
  exception,
}: {
  finding: FindingView
  exception: NonNullable<FindingView['exception']>
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const mayExcept = useMay('exception:grant')
  const [opened, setOpened] = useState(false)
  return (
    <div className="aside-note">
      <p>
        <strong>{t('exception.until', { day: day(exception.until, language) })}</strong> {exception.reason}
      </p>
      <p className="note quiet">{t('exception.owner', { owner: exception.owner ?? t('measure.nobody') })}</p>
      {finding.closedAt === null ? null : <p className="note">{t('exception.idle')}</p>}
      {mayExcept ? (
        <button
          type="button"
          className="text-button"
          aria-label={t('exception.withdrawOf', { name: finding.title[language] })}
          onClick={() => setOpened(true)}
        >
          {t('exception.withdraw')}
        </button>
      ) : null}
      <Dialog title={t('exception.withdrawTitle')} opened={opened} onClose={() => setOpened(false)}>
        <Withdraw exceptionId={exception.exceptionId} onDone={() => setOpened(false)} />
      </Dialog>
    </div>
  )
}

function Withdraw({ exceptionId, onDone }: { exceptionId: string; onDone: () => void }) {
  const { t } = useTranslation()
  const withdrawing = useChange('exception.withdraw', { stale, quiet: true, onDone })
  const [reason, setReason] = useState('')
  return (
    <Terms
      what={t('exception.withdrawWhat')}
      submit={t('exception.withdraw')}
      pending={withdrawing.isPending}
      onSubmit={() => withdrawing.mutate({ exceptionId, reason: reason.trim() })}
    >
      <Reason value={reason} onChange={setReason} error={withdrawing.error} />
    </Terms>
  )
}

/** Opens the form that declares an exception. */
export function DeclareException({ finding }: { finding: FindingView }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [opened, setOpened] = useState(false)
  return (
    <>
      <button
        type="button"
        className="text-button"
        aria-label={t('exception.declareOf', { name: finding.title[language] })}
        onClick={() => setOpened(true)}
      >
        {t('exception.declare')}
      </button>
      <Dialog title={t('exception.declareTitle')} opened={opened} onClose={() => setOpened(false)}>
        <Declare finding={finding} onDone={() => setOpened(false)} />
      </Dialog>
    </>
  )
}

function Declare({ finding, onDone }: { finding: FindingView; onDone: () => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const declaring = useChange('exception.declare', { stale, quiet: true, onDone })
  const [span] = useState(() => spanOfException(new Date()))
  const [reason, setReason] = useState('')
  const [owner, setOwner] = useState(finding.owner ?? '')
  const [until, setUntil] = useState(span.usual)
  return (
    <Terms
      what={t('exception.what')}
      submit={t('exception.declare')}
      pending={declaring.isPending}
      onSubmit={() => declaring.mutate({ key: finding.key, reason: reason.trim(), owner: owner.trim(), until })}
    >
      <p className="aside-note">
        {finding.say[language]} <span className="quiet">{nameOf(finding)}</span>
      </p>
      <Reason value={reason} onChange={setReason} error={declaring.error} hint={t('exception.reasonHint')} />
      <TextInput
        label={t('measure.owner')}
        description={t('exception.ownerHint')}
        value={owner}
        onChange={(event) => setOwner(event.currentTarget.value)}
        required
        withAsterisk={false}
        maxLength={200}
      />
      <TextInput
        type="date"
        label={t('exception.last')}
        description={t('exception.lastHint', { day: day(span.latest, language) })}
        value={until}
        min={span.first}
        max={span.latest}
        onChange={(event) => setUntil(event.currentTarget.value)}
        required
        withAsterisk={false}
      />
    </Terms>
  )
}

function Terms({
  what,
  submit,
  pending,
  onSubmit,
  children,
}: {
  what: string
  submit: string
  pending: boolean
  onSubmit: () => void
  children: ReactNode
}) {
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      <p>{what}</p>
      {children}
      <Button type="submit" loading={pending}>
        {submit}
      </Button>
    </form>
  )
}

function Reason({
  value,
  onChange,
  error,
  hint,
}: {
  value: string
  onChange: (value: string) => void
  error: Error | null
  hint?: string
}) {
  const { t } = useTranslation()
  return (
    <Textarea
      label={t('exception.reason')}
      description={hint}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={error ? sentenceOf(error, t) : undefined}
      required
      withAsterisk={false}
      minLength={3}
      maxLength={1_000}
      autosize
      minRows={2}
    />
  )
}
