import { Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sentenceOf } from '../api/sentence.ts'
import { useChange, useRead } from '../api/use-api.ts'
import { useLanguage } from '../language/use-language.ts'
import { Downloads } from '../paper/Downloads.tsx'
import { fromField, instant, stale, toField } from './incident-view.ts'
import type { CaseView, Shown } from './incident-view.ts'

/** Who was told what, and the papers with which it is done. */
export function Notices({ shown }: { shown: Shown }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { incident, notices, timeZone } = shown
  const asController = incident.role !== 'processor'
  const asProcessor = incident.role !== 'controller'
  const papers = [
    ...(asController ? (['authority', 'people'] as const) : []),
    ...(asProcessor ? (['controller'] as const) : []),
  ]
  return (
    <>
      {notices.length === 0 ? <p>{t('incident.nobodyTold')}</p> : null}
      <ul className="rows">
        {notices.map((notice) => (
          <li key={notice.noticeId} className="row">
            <div className="row-main">
              <p className={notice.state === 'refused' || notice.state === 'unknown' ? 'bad' : undefined}>
                <strong>{notice.name ?? t(`incident.recipient.${notice.recipient}`)}</strong> ·{' '}
                {t('incident.phase', { phase: notice.phase })} · {t(`incident.way.${notice.way}`)} ·{' '}
                {t(`incident.delivery.${notice.state}`)}
                {notice.toldAt === null ? null : ` · ${instant(notice.toldAt, language, timeZone)}`}
              </p>
              {notice.reference === '' ? null : (
                <p className="note">{t('incident.referenceIs', { reference: notice.reference })}</p>
              )}
              {notice.delayReason === '' ? null : (
                <p className="note">{t('incident.delayIs', { reason: notice.delayReason })}</p>
              )}
              <p className="note quiet">
                {t('incident.hash')} <code className="hash">{notice.sha256}</code>
              </p>
            </div>
          </li>
        ))}
      </ul>
      {papers.map((of) => (
        <Downloads
          key={of}
          operation="incident.paper"
          input={{ incidentId: incident.incidentId, of }}
          formats={['pdf', 'docx', 'json']}
          label={t(`incident.paper.${of}`)}
        />
      ))}
    </>
  )
}

const ways = ['portal', 'mail', 'post', 'phone', 'publication'] as const
const recipients = ['authority', 'controller', 'people'] as const

/** Records that somebody was told by hand. */
export function RecordNotice({ shown, onDone }: { shown: Shown; onDone: () => void }) {
  const { t } = useTranslation()
  const { incident, affected } = shown
  const possible = recipients.filter((one) =>
    one === 'controller' ? incident.role !== 'controller' && affected.length > 0 : incident.role !== 'processor',
  )
  const [recipient, setRecipient] = useState(possible[0] ?? 'authority')
  const [controllerId, setController] = useState(affected[0]?.controllerId ?? '')
  const [way, setWay] = useState<(typeof ways)[number]>('portal')
  const [toldAt, setToldAt] = useState(() => toField(new Date().toISOString()))
  const [reference, setReference] = useState('')
  const [delayReason, setDelayReason] = useState('')
  const recording = useChange('incident.record_notice', { stale, quiet: true, onDone })
  const strict = incident.clocks.find((clock) => clock.recipient === 'authority')?.strict ?? null
  const isLate = recipient === 'authority' && strict !== null && (fromField(toldAt) ?? '') > strict
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        recording.mutate({
          incidentId: incident.incidentId,
          recipient,
          controllerId: recipient === 'controller' ? controllerId : null,
          way,
          toldAt: fromField(toldAt) ?? new Date().toISOString(),
          reference,
          delayReason,
        })
      }}
    >
      <p className="quiet">{t('incident.recordLead')}</p>
      <NativeSelect
        label={t('incident.whom')}
        value={recipient}
        onChange={(event) => setRecipient(recipients.find((one) => one === event.currentTarget.value) ?? 'authority')}
        data={possible.map((value) => ({ value, label: t(`incident.recipient.${value}`) }))}
      />
      {recipient === 'controller' ? (
        <NativeSelect
          label={t('incident.recipient.controller')}
          value={controllerId}
          onChange={(event) => setController(event.currentTarget.value)}
          data={affected.map((one) => ({ value: one.controllerId, label: one.name }))}
        />
      ) : null}
      <NativeSelect
        label={t('incident.how')}
        value={way}
        onChange={(event) => setWay(ways.find((one) => one === event.currentTarget.value) ?? 'portal')}
        data={ways.map((value) => ({ value, label: t(`incident.way.${value}`) }))}
      />
      <TextInput
        type="datetime-local"
        required
        label={t('incident.when')}
        value={toldAt}
        onChange={(event) => setToldAt(event.currentTarget.value)}
      />
      <TextInput
        maxLength={400}
        label={t('incident.reference')}
        description={t('incident.referenceHint')}
        value={reference}
        onChange={(event) => setReference(event.currentTarget.value)}
      />
      {isLate ? (
        <Textarea
          autosize
          minRows={2}
          maxLength={4_000}
          label={t('incident.delayReason')}
          description={t('incident.delayHint')}
          value={delayReason}
          onChange={(event) => setDelayReason(event.currentTarget.value)}
        />
      ) : null}
      {recording.error ? (
        <p role="alert" className="bad">
          {sentenceOf(recording.error, t)}
        </p>
      ) : null}
      <div className="actions">
        <Button type="submit" variant="filled" loading={recording.isPending}>
          {t('incident.record')}
        </Button>
      </div>
    </form>
  )
}

/** Which controllers it concerns, and the letter to all of them. */
export function Controllers({ incident, affected }: { incident: CaseView; affected: Shown['affected'] }) {
  const { t } = useTranslation()
  const settings = useRead('incident.settings', {})
  const [chosen, setChosen] = useState<readonly string[]>(() => affected.map(({ controllerId }) => controllerId))
  const [byHand, setByHand] = useState<readonly string[]>([])
  const saving = useChange('incident.set_affected', { stale })
  const telling = useChange('incident.tell_controllers', {
    stale,
    onDone: (made) => setByHand(made.byHand.map(({ name }) => name)),
  })
  const controllers = settings.data?.controllers ?? []
  if (settings.data && controllers.length === 0) return <p>{t('incident.noControllers')}</p>
  const isSaved =
    chosen.length === affected.length && affected.every(({ controllerId }) => chosen.includes(controllerId))
  return (
    <div className="form">
      {controllers.map((one) => (
        <Checkbox
          key={one.controllerId}
          label={one.hours === null ? one.name : t('incident.controllerHours', { name: one.name, count: one.hours })}
          checked={chosen.includes(one.controllerId)}
          onChange={(event) =>
            setChosen(
              event.currentTarget.checked
                ? [...chosen, one.controllerId]
                : chosen.filter((id) => id !== one.controllerId),
            )
          }
        />
      ))}
      <div className="actions">
        <Button
          disabled={isSaved}
          loading={saving.isPending}
          onClick={() => saving.mutate({ incidentId: incident.incidentId, controllerIds: [...chosen] })}
        >
          {t('incident.saveAffected')}
        </Button>
        {isSaved && affected.length > 0 && incident.breach === true ? (
          <Button
            variant="filled"
            loading={telling.isPending}
            onClick={() => telling.mutate({ incidentId: incident.incidentId })}
          >
            {t('incident.tellControllers')}
          </Button>
        ) : null}
      </div>
      {byHand.length === 0 ? null : <p role="status">{t('incident.byHand', { names: byHand.join(', ') })}</p>}
    </div>
  )
}
