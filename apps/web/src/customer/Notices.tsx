import { Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import { useChange, useTenant } from '../api/use-api.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { Refusal } from './Refusal.tsx'
import { stale as changed } from './words.ts'
import type { Notice } from './words.ts'

const stale = [...changed, 'announcement.show'] as const

/** What one customer was told, and what they said. */
export function Notices({ notices, today }: { notices: readonly Notice[]; today: string }) {
  const { t } = useTranslation()
  if (notices.length === 0) return null
  return (
    <section className="customer-part">
      <h2>{t('notice.title')}</h2>
      <NoticeRows notices={notices} today={today} by="subject" />
    </section>
  )
}

/** Notices as rows, named by whom they went to or by what they say. */
export function NoticeRows({
  notices,
  today,
  by,
}: {
  notices: readonly Notice[]
  today: string
  by: 'customer' | 'subject'
}) {
  return (
    <ul className="rows">
      {notices.map((notice) => (
        <NoticeRow key={notice.noticeId} notice={notice} today={today} by={by} />
      ))}
    </ul>
  )
}

function NoticeRow({ notice, today, by }: { notice: Notice; today: string; by: 'customer' | 'subject' }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  const { customerId, customer, title, edition, state, sentOn, objectBy, outcome, outcomeOn } = notice
  const subject = edition === null ? title : t('notice.measures', { number: edition })
  const isOpen = state === 'sent' && outcome === null
  const parts = [
    t(`notice.state.${state}`),
    ...(sentOn === null ? [] : [day(sentOn, language)]),
    ...(isOpen && objectBy !== null ? [t('notice.objectBy', { day: day(objectBy, language) })] : []),
    ...(outcome === null || outcomeOn === null
      ? []
      : [t('notice.said', { outcome: t(`notice.outcome.${outcome}`), day: day(outcomeOn, language) })]),
  ]
  const isUnsettled = outcome === 'objected' && notice.settledOn === null
  const waitsForUs = ['by-hand', 'refused', 'lost'].includes(state)
  return (
    <li className="row">
      <div className="row-main">
        <h3 className="row-title">
          {by === 'subject' ? (
            subject
          ) : (
            <Link to="/t/$slug/customer/$customerId" params={{ slug, customerId }}>
              {customer}
            </Link>
          )}
        </h3>
        <p className={isUnsettled || waitsForUs ? 'bad' : undefined}>{parts.join(' · ')}</p>
        {notice.outcomeText === '' ? null : <p className="customer-said">{notice.outcomeText}</p>}
        {notice.settledOn === null ? null : (
          <p className="customer-said">
            {t('notice.settled', { day: day(notice.settledOn, language), how: notice.settlement })}
          </p>
        )}
        <Acts notice={notice} today={today} />
      </div>
    </li>
  )
}

/** What may be done about a notice as it stands. */
function Acts({ notice, today }: { notice: Notice; today: string }) {
  const { t } = useTranslation()
  const mayWrite = useMay('register:write')
  const maySign = useMay('edition:sign')
  const [asked, setAsked] = useState<'mark' | 'answer' | 'settle' | null>(null)
  const { noticeId, customer, state, outcome, settledOn } = notice
  const sending = useChange('announcement.send', { stale })
  const waitsForUs = ['by-hand', 'refused', 'lost'].includes(state)
  const mayAnswer = mayWrite && state === 'sent' && (outcome === null || outcome === 'silent')
  const maySettle = maySign && outcome === 'objected' && settledOn === null
  const close = () => setAsked(null)
  if (!(mayWrite && waitsForUs) && !mayAnswer && !maySettle) return null
  return (
    <p className="actions">
      {mayWrite && waitsForUs ? (
        <>
          <Button size="compact-sm" onClick={() => setAsked('mark')} aria-label={`${t('notice.mark')}: ${customer}`}>
            {t('notice.mark')}
          </Button>
          <Button
            size="compact-sm"
            loading={sending.isPending}
            aria-label={`${t('notice.send')}: ${customer}`}
            onClick={() => sending.mutate({ noticeId })}
          >
            {t('notice.send')}
          </Button>
        </>
      ) : null}
      {mayAnswer ? (
        <Button size="compact-sm" onClick={() => setAsked('answer')} aria-label={`${t('notice.answer')}: ${customer}`}>
          {t('notice.answer')}
        </Button>
      ) : null}
      {maySettle ? (
        <Button size="compact-sm" onClick={() => setAsked('settle')} aria-label={`${t('notice.settle')}: ${customer}`}>
          {t('notice.settle')}
        </Button>
      ) : null}
      <Dialog title={t('notice.mark')} opened={asked === 'mark'} onClose={close}>
        <Mark noticeId={noticeId} today={today} onDone={close} />
      </Dialog>
      <Dialog title={t('notice.answer')} opened={asked === 'answer'} onClose={close}>
        <Answer notice={notice} today={today} onDone={close} />
      </Dialog>
      <Dialog title={t('notice.settle')} opened={asked === 'settle'} onClose={close}>
        <Settle notice={notice} today={today} onDone={close} />
      </Dialog>
    </p>
  )
}

function Mark({ noticeId, today, onDone }: { noticeId: string; today: string; onDone: () => void }) {
  const { t } = useTranslation()
  const [on, setOn] = useState(today)
  const marking = useChange('announcement.mark_sent', { stale, quiet: true, onDone })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        marking.mutate({ noticeId, sentOn: on })
      }}
    >
      <p>{t('notice.markWhat')}</p>
      <DayInput label={t('notice.toldOn')} today={today} value={on} onChange={setOn} />
      <Refusal error={marking.error} />
      <Button type="submit" variant="filled" loading={marking.isPending}>
        {t('notice.mark')}
      </Button>
    </form>
  )
}

function Answer({ notice, today, onDone }: { notice: Notice; today: string; onDone: () => void }) {
  const { t } = useTranslation()
  const [outcome, setOutcome] = useState<'accepted' | 'objected'>('objected')
  const [on, setOn] = useState(today)
  const [text, setText] = useState('')
  const answering = useChange('announcement.answer', { stale, quiet: true, onDone })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        answering.mutate({ noticeId: notice.noticeId, outcome, onDay: on, text })
      }}
    >
      <NativeSelect
        label={t('notice.what')}
        value={outcome}
        onChange={(event) => setOutcome(event.currentTarget.value === 'accepted' ? 'accepted' : 'objected')}
        data={[
          { value: 'objected', label: t('notice.outcome.objected') },
          { value: 'accepted', label: t('notice.outcome.accepted') },
        ]}
      />
      <DayInput label={t('notice.saidOn')} today={today} value={on} onChange={setOn} />
      <Textarea
        autosize
        minRows={2}
        maxLength={4_000}
        label={t('notice.words')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Refusal error={answering.error} />
      <Button type="submit" variant="filled" loading={answering.isPending}>
        {t('notice.answer')}
      </Button>
    </form>
  )
}

function Settle({ notice, today, onDone }: { notice: Notice; today: string; onDone: () => void }) {
  const { t } = useTranslation()
  const [on, setOn] = useState(today)
  const [settlement, setSettlement] = useState('')
  const [agrees, setAgrees] = useState(false)
  const settling = useChange('announcement.settle', { stale, quiet: true, onDone })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        settling.mutate({ noticeId: notice.noticeId, onDay: on, settlement, agrees })
      }}
    >
      <DayInput label={t('notice.settledOn')} today={today} value={on} onChange={setOn} />
      <Textarea
        required
        autosize
        minRows={2}
        minLength={3}
        maxLength={4_000}
        label={t('notice.settlement')}
        value={settlement}
        onChange={(event) => setSettlement(event.currentTarget.value)}
      />
      <Checkbox
        label={t('notice.agrees')}
        checked={agrees}
        onChange={(event) => setAgrees(event.currentTarget.checked)}
      />
      <Refusal error={settling.error} />
      <Button type="submit" variant="filled" loading={settling.isPending}>
        {t('notice.settle')}
      </Button>
    </form>
  )
}

function DayInput({
  label,
  today,
  value,
  onChange,
}: {
  label: string
  today: string
  value: string
  onChange: (day: string) => void
}) {
  return (
    <TextInput
      type="date"
      required
      label={label}
      max={today}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
