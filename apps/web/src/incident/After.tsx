import { Button, NumberInput, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import { tenantAddress } from '../api/request.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange, useTenant } from '../api/use-api.ts'
import { useLanguage } from '../language/use-language.ts'
import { instant, stale } from './incident-view.ts'
import type { CaseView, Shown } from './incident-view.ts'

/** What changes so that it does not happen again. */
export function Lessons({ shown }: { shown: Shown }) {
  const { t } = useTranslation()
  const mayWrite = useMay('incident:write')
  const [text, setText] = useState('')
  const [dueOn, setDueOn] = useState('')
  const learning = useChange('incident.learn', {
    stale: [...stale, 'duty.list', 'duty.calendar'],
    onDone: () => setText(''),
  })
  return (
    <>
      <ul className="sentences">
        {shown.lessons.map((lesson, index) => (
          <li key={`${index} ${lesson.text}`}>
            {lesson.text} <span className="quiet">{lesson.dutyId === null ? null : t('incident.asDuty')}</span>
          </li>
        ))}
      </ul>
      {mayWrite ? (
        <details>
          <summary>{t('incident.learn')}</summary>
          <form
            className="form"
            onSubmit={(event) => {
              event.preventDefault()
              learning.mutate({
                incidentId: shown.incident.incidentId,
                text,
                dueOn: dueOn === '' ? null : dueOn,
              })
            }}
          >
            <TextInput
              required
              minLength={3}
              maxLength={200}
              label={t('incident.lessonLabel')}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            <TextInput
              type="date"
              label={t('incident.lessonDue')}
              description={t('incident.lessonDueHint')}
              value={dueOn}
              onChange={(event) => setDueOn(event.currentTarget.value)}
            />
            <div className="actions">
              <Button type="submit" loading={learning.isPending}>
                {t('incident.add')}
              </Button>
            </div>
          </form>
        </details>
      ) : null}
    </>
  )
}

/** The whole case as one file, and links for readers outside. */
export function Share({ shown }: { shown: Shown }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  const maySign = useMay('edition:sign')
  const mayWrite = useMay('incident:write')
  const [label, setLabel] = useState('')
  const [hours, setHours] = useState(72)
  const [url, setUrl] = useState<string | null>(null)
  const sharing = useChange('incident.share', { stale, onDone: (made) => setUrl(made.url) })
  const ending = useChange('incident.end_share', { stale })
  const { incident, links, timeZone, now } = shown
  const { incidentId } = incident
  return (
    <>
      <p>
        <a href={tenantAddress(slug, 'incident.archive', { incidentId })} download>
          {t('incident.archive')}
        </a>
      </p>
      <p className="quiet">{t('incident.archiveLead')}</p>
      <ul className="rows">
        {links.map((link) => (
          <li key={link.linkId} className="row">
            <div className="row-main">
              <p>{link.label}</p>
              <p className="note quiet">
                {link.endedAt !== null || link.endsAt < now
                  ? t('incident.linkOver')
                  : t('incident.linkUntil', { at: instant(link.endsAt, language, timeZone) })}{' '}
                · {t('incident.taken', { count: link.uses })}
              </p>
            </div>
            {mayWrite && link.endedAt === null && link.endsAt >= now ? (
              <div className="row-actions">
                <button
                  type="button"
                  className="text-button"
                  aria-label={t('incident.endLinkOf', { label: link.label })}
                  onClick={() => ending.mutate({ linkId: link.linkId })}
                >
                  {t('incident.endLink')}
                </button>
              </div>
            ) : null}
          </li>
        ))}
      </ul>
      {maySign ? (
        <details>
          <summary>{t('incident.shareNew')}</summary>
          <form
            className="form"
            onSubmit={(event) => {
              event.preventDefault()
              sharing.mutate({ incidentId, label, hours })
            }}
          >
            <TextInput
              required
              minLength={2}
              maxLength={200}
              label={t('incident.linkFor')}
              value={label}
              onChange={(event) => setLabel(event.currentTarget.value)}
            />
            <NumberInput
              hideControls
              min={1}
              max={2_160}
              label={t('incident.linkHours')}
              value={hours}
              onChange={(value) => setHours(Number(value))}
            />
            {url === null ? null : <TextInput readOnly label={t('incident.linkOnce')} value={url} />}
            <div className="actions">
              <Button type="submit" loading={sharing.isPending}>
                {t('incident.share')}
              </Button>
            </div>
          </form>
        </details>
      ) : null}
    </>
  )
}

/** The end of a case: what was learnt. */
export function Close({ incident, onDone }: { incident: CaseView; onDone: () => void }) {
  const { t } = useTranslation()
  const [review, setReview] = useState(incident.review)
  const closing = useChange('incident.close', { stale, quiet: true, onDone })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        closing.mutate({ incidentId: incident.incidentId, review })
      }}
    >
      <p className="quiet">{t('incident.closeLead')}</p>
      <Textarea
        required
        autosize
        minRows={5}
        minLength={10}
        maxLength={20_000}
        label={t('incident.review')}
        value={review}
        onChange={(event) => setReview(event.currentTarget.value)}
      />
      {closing.error ? (
        <p role="alert" className="bad">
          {sentenceOf(closing.error, t)}
        </p>
      ) : null}
      <div className="actions">
        <Button type="submit" variant="filled" loading={closing.isPending}>
          {t('incident.close')}
        </Button>
      </div>
    </form>
  )
}
