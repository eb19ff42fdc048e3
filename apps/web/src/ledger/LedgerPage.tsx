import { Link, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { LedgerEntry, LedgerHead } from '../api/api.ts'
import { useRead, useTenant } from '../api/use-api.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { count, moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { codeWord, eventWord } from '../history/event-word.ts'
import { Audit } from './Audit.tsx'
import { TimeStamps } from './TimeStamps.tsx'
import { Restored } from './Restored.tsx'
import { Witnesses } from './Witnesses.tsx'
import './ledger.css'

const perPage = 50

/** The log of everything that happened: its head, its entries, and how anybody can check it. */
export function LedgerPage() {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const { before } = useSearch({ from: '/signed-in/t/$slug/ledger' })
  const head = useRead('ledger.show', {})
  const entries = useRead(
    'ledger.entries',
    { limit: perPage, ...(before === undefined ? {} : { before }) },
    { keep: true },
  )
  return (
    <Page
      title={t('ledger.title')}
      lead={t('ledger.lead')}
      actions={
        <Link to="/t/$slug/history" params={{ slug }}>
          {t('history.whole')}
        </Link>
      }
    >
      <Loaded read={head}>{(head) => <Head head={head} />}</Loaded>
      <Audit />
      <section className="section" aria-labelledby="entries">
        <h2 id="entries">{t('ledger.entries')}</h2>
        <Loaded read={entries}>{({ entries }) => <Entries entries={entries} size={head.data?.size ?? 0} />}</Loaded>
      </section>
    </Page>
  )
}

function Head({ head }: { head: LedgerHead }) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <>
      <dl className="facts facts-wide">
        <Fact name={t('ledger.origin')} value={head.origin} code />
        <Fact
          name={t('ledger.size')}
          value={
            count(head.size, language) + (head.pending > 0 ? ` (${t('ledger.pending', { count: head.pending })})` : '')
          }
        />
        <Fact name={t('ledger.root')} value={head.root} code />
        <Fact name={t('ledger.key')} value={head.vkey} code />
        <div>
          <dt>{t('ledger.record')}</dt>
          <dd>
            <code>{`_art32.example.com. TXT "art32-log ${head.vkey}"`}</code>
            <p className="note quiet">{t('ledger.recordText')}</p>
          </dd>
        </div>
        <Restored restored={head.restored} earlier={head.earlier} />
        <Fact
          name={t('ledger.anchored')}
          value={t('ledger.anchoredIn', {
            size: count(head.instance.anchoredSize, language),
            origin: head.instance.origin,
          })}
        />
        <Fact name={t('ledger.instanceKey')} value={head.instance.vkey} code />
        <Witnesses witnesses={head.instance.witnesses} />
        <TimeStamps timeStamps={head.instance.timeStamps} />
      </dl>
      <section className="section" aria-labelledby="verify">
        <h2 id="verify">{t('ledger.verify')}</h2>
        <p>{t('ledger.verifyText')}</p>
        <pre>art32 verify bundle.zip</pre>
        <p>
          <a href={`/verify?language=${language}`}>{t('ledger.verifyElse')}</a>
        </p>
        <p className="quiet">{t('ledger.limit')}</p>
        <details className="fold">
          <summary>
            <h3>{t('ledger.checkpoint')}</h3>
          </summary>
          <p className="quiet">{t('ledger.checkpointText')}</p>
          <pre>{head.checkpoint}</pre>
        </details>
      </section>
    </>
  )
}

function Fact({ name, value, code = false }: { name: string; value: string; code?: boolean }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{code ? <code>{value}</code> : value}</dd>
    </div>
  )
}

function Entries({ entries, size }: { entries: readonly LedgerEntry[]; size: number }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  const first = entries[0]
  const last = entries.at(-1)
  if (!first || !last) return <p>{t('ledger.none')}</p>
  const newer = first.index + 1 + perPage
  return (
    <>
      <ol className="entries">
        {entries.map((entry) => (
          <li key={entry.index}>
            <span className="entry-index">{count(entry.index, language)}</span>
            <div>
              <p>
                {eventWord(entry.type, t)}
                {entry.code === null ? null : <span className="quiet"> – {codeWord(entry.code, t)}</span>}
              </p>
              <p className="note quiet">
                {moment(entry.at, language)} ·{' '}
                {t(`ledger.actor.${entry.actor}` as 'ledger.actor.user', { defaultValue: entry.actor })} ·{' '}
                <code>
                  {entry.subject.kind} {entry.subject.id.slice(0, 8)}
                </code>
              </p>
              {Object.keys(entry.content).length === 0 ? null : (
                <details>
                  <summary className="note">{t('ledger.content')}</summary>
                  <pre>{JSON.stringify(entry.content, null, 2)}</pre>
                </details>
              )}
            </div>
          </li>
        ))}
      </ol>
      <nav className="pager" aria-label={t('ledger.pages')}>
        {first.index < size - 1 ? (
          <Link to="/t/$slug/ledger" params={{ slug }} search={newer >= size ? {} : { before: newer }}>
            {t('ledger.newer')}
          </Link>
        ) : null}
        <span className="quiet">
          {t('ledger.range', {
            from: count(last.index, language),
            to: count(first.index, language),
            size: count(size, language),
          })}
        </span>
        {last.index > 0 ? (
          <Link to="/t/$slug/ledger" params={{ slug }} search={{ before: last.index }}>
            {t('ledger.older')}
          </Link>
        ) : null}
      </nav>
    </>
  )
}
