import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutcomeView } from '../api/api.ts'
import { useRead, useTenant } from '../api/use-api.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { moment, plainValue } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { Recompute } from './Recompute.tsx'
import { byWorst, knownState, outcomeSigns } from './outcome-sign.ts'

/** What a check said about each subject, with which parameters, and on request the facts it judged. */
export function OutcomeDetail({ outcome }: { outcome: OutcomeView }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [facts, setFacts] = useState(false)
  const subjects = outcome.subjects.map((subject) => ({ ...subject, state: knownState(subject.state) }))
  const parameters = Object.entries(outcome.parameters)
  return (
    <div className="outcome-detail">
      <ul className="subjects">
        {byWorst(subjects).map(({ subject, state, say }) => (
          <li key={subject}>
            <span
              className={`glyph ${outcomeSigns[state].tone}`}
              role="img"
              aria-label={outcomeSigns[state].word[language]}
            >
              {outcomeSigns[state].glyph}
            </span>
            <span>{say[language]}</span>
          </li>
        ))}
      </ul>
      <p className="note quiet">
        {t('outcome.by', { version: outcome.version })}{' '}
        {t('outcome.looked', { at: moment(outcome.at, language), until: moment(outcome.freshUntil, language) })}
        {parameters.length === 0
          ? ''
          : ` ${t('outcome.with', { parameters: parameters.map(([name, value]) => `${name} ${shortened(plainValue(value))}`).join(', ') })}`}
      </p>
      <DeclaredFor outcome={outcome} />
      <Held outcomeId={outcome.id} />
      {facts ? <Facts outcomeId={outcome.id} /> : null}
      <Recompute outcomeId={outcome.id} />
      <Button size="compact-sm" variant="subtle" aria-expanded={facts} onClick={() => setFacts(!facts)}>
        {t(facts ? 'outcome.hideFacts' : 'outcome.showFacts')}
      </Button>
    </div>
  )
}

/** A long list does not belong into a sentence; the facts and the page of parameters have it whole. */
const shortened = (text: string) => (text.length > 200 ? `${text.slice(0, 199)}…` : text)

/** Which of the parameters people declared, and where that is done. */
function DeclaredFor({ outcome: { check, declared, parameters } }: { outcome: OutcomeView }) {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  if (Object.keys(parameters).length === 0) return null
  return (
    <p className="note quiet">
      {declared.length === 0 ? '' : `${t('outcome.declared', { names: declared.join(', ') })} `}
      <Link to="/t/$slug/parameters" params={{ slug }} search={{ check }}>
        {t('outcome.parameters')}
      </Link>
    </p>
  )
}

/** In how many days of the last twelve months it held. */
function Held({ outcomeId }: { outcomeId: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { data } = useRead('outcome.history', { outcomeId })
  if (!data) return null
  const { held, failed, unseen } = data.days
  return (
    <>
      <p className="note quiet">{t('outcome.days', { held, failed, unseen })}</p>
      {data.gaps.length === 0 ? null : (
        <>
          <p className="note">{t('outcome.gaps')}</p>
          <ul className="subjects">
            {data.gaps.map(({ from, until }) => (
              <li key={from} className="note">
                {t('outcome.gap', { from: moment(from, language), until: moment(until, language) })}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

function Facts({ outcomeId }: { outcomeId: string }) {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const read = useRead('outcome.facts', { outcomeId })
  return (
    <Loaded read={read}>
      {({ facts, hash, index, requests }) => (
        <>
          <pre>{JSON.stringify(facts, null, 2)}</pre>
          {requests.length === 0 ? null : (
            <>
              <h4>{t('outcome.asked')}</h4>
              <ul className="subjects">
                {requests.map(({ method, host, path, status, times }) => (
                  <li key={`${method} ${host}${path} ${status}`}>
                    <code>
                      {method} {host}
                      {path}
                    </code>{' '}
                    <span className="note quiet">
                      {status === null ? '' : `${status} `}× {times}
                    </span>
                  </li>
                ))}
              </ul>
            </>
          )}
          <p className="note quiet">
            {t('outcome.hash')} <code>{hash}</code>
            {index === null ? null : (
              <>
                {' · '}
                <Link to="/t/$slug/ledger" params={{ slug }} search={{ before: index + 1 }}>
                  {t('proof.leaf', { index })}
                </Link>
              </>
            )}
          </p>
        </>
      )}
    </Loaded>
  )
}
