import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HistoryEvent } from '../api/api.ts'
import { useRead, useTenant } from '../api/use-api.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { changesOf, fieldWord, valueWord } from './changes.ts'
import { codeWord, eventWord } from './event-word.ts'
import './history.css'

const first = 20
const most = 200

/** What an event is looked for by: the id of a thing, or a kind of which the tenant has only one. */
interface About {
  readonly id?: string
  readonly kind?: string
}

/** Opens the history of one thing beside the page. */
export function HistoryButton({ name, ...about }: About & { name: string }) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  return (
    <>
      <button
        type="button"
        className="text-button"
        onClick={() => setOpened(true)}
        aria-label={t('history.of', { name })}
      >
        {t('history.title')}
      </button>
      <Dialog title={t('history.of', { name })} opened={opened} onClose={() => setOpened(false)} side>
        <History {...about} />
      </Dialog>
    </>
  )
}

/** Who changed one thing, when, from what to what. */
export function History(about: About) {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const [limit, setLimit] = useState(first)
  const read = useRead('history.list', { ...about, limit }, { keep: true })
  return (
    <Loaded read={read}>
      {({ events, next }) => (
        <>
          {events.length === 0 ? <p className="note quiet">{t('history.none')}</p> : <Events events={events} />}
          {next === null ? null : limit < most ? (
            <button type="button" className="text-button" onClick={() => setLimit(most)}>
              {t('history.older')}
            </button>
          ) : (
            <Link to="/t/$slug/history" params={{ slug }} search={{ ...about, before: next }}>
              {t('history.older')}
            </Link>
          )}
        </>
      )}
    </Loaded>
  )
}

/** Events, newest first. */
export function Events({ events }: { events: readonly HistoryEvent[] }) {
  return (
    <ol className="history events">
      {events.map((event) => (
        <Event key={event.index} event={event} />
      ))}
    </ol>
  )
}

/** One event: what, who, when, from what to what. */
export function Event({ event }: { event: HistoryEvent }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  const changes = changesOf(event)
  return (
    <li>
      <span>
        {eventWord(event.type, t)}
        {event.subject.name === null ? null : ` · ${event.subject.name}`}
        {event.code === null ? null : <span className="quiet"> – {codeWord(event.code, t)}</span>}
      </span>
      <span className="quiet">
        {moment(event.at, language)} ·{' '}
        {event.who.name ?? t(`ledger.actor.${event.who.kind}` as 'ledger.actor.user', { defaultValue: event.who.kind })}
        {' · '}
        <Link to="/t/$slug/ledger" params={{ slug }} search={{ before: event.index + 1 }}>
          {t('proof.leaf', { index: event.index })}
        </Link>
      </span>
      {changes.length === 0 ? null : (
        <dl className="changes">
          {changes.map(({ field, before, after }) => (
            <div key={field}>
              <dt>{fieldWord(field, t)}</dt>
              <dd>
                {before === undefined ? null : (
                  <>
                    <del>{valueWord(field, before, t, language)}</del>{' '}
                  </>
                )}
                {after === undefined ? null : <ins>{valueWord(field, after, t, language)}</ins>}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {event.reason === null ? null : <q className="quiet">{event.reason}</q>}
    </li>
  )
}
