import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../language/use-language.ts'
import { cited, clockState, distance, instant } from './incident-view.ts'
import type { ClockView } from './incident-view.ts'

/** Now, a little later each half minute. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000)
    return () => clearInterval(timer)
  }, [])
  return now
}

/** Every clock of a case: by when, for whom, and which rule says so. */
export function Clocks({ clocks, timeZone }: { clocks: readonly ClockView[]; timeZone: string }) {
  const { t } = useTranslation()
  const now = useNow()
  if (clocks.length === 0) return <p className="quiet">{t('incident.noClock')}</p>
  return (
    <ul className="rows">
      {clocks.map((clock) => (
        <li key={`${clock.recipient} ${clock.name ?? ''}`} className="row">
          <div className="row-main">
            <Clock clock={clock} timeZone={timeZone} now={now} />
          </div>
        </li>
      ))}
    </ul>
  )
}

function Clock({ clock, timeZone, now }: { clock: ClockView; timeZone: string; now: number }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const at = (when: string) => instant(when, language, timeZone)
  const { strict, outer, outerRule, source, toldAt } = clock
  const state = clockState(clock, now)
  return (
    <>
      <h3 className="row-title">{clock.name ?? t('incident.recipient.authority')}</h3>
      <p className={state === 'past' || state === 'over' || state === 'soon' ? 'bad' : undefined}>
        {t(`incident.clock.${state}`, strict === null ? {} : distance(strict, now))}
        {toldAt === null ? null : ` ${at(toldAt)}`}
      </p>
      {strict === null ? (
        <p className="note">{t('incident.noHours')}</p>
      ) : (
        <p className="note">
          {t('incident.strict')} <strong>{at(strict)}</strong>
        </p>
      )}
      {outer === null || outerRule === null ? null : (
        <p className="note quiet">
          {t('incident.outer')} {at(outer)}. {t(`incident.rule.${outerRule}`)}
        </p>
      )}
      <p className="note quiet">
        {t('incident.since')} {at(clock.from)} · {source === null ? t('incident.byContract') : cited(source, language)}
      </p>
    </>
  )
}

/** The most urgent clock of a case, in one line. */
export function ClockLine({ clock, timeZone }: { clock: ClockView; timeZone: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const now = useNow()
  const state = clockState(clock, now)
  const { strict } = clock
  return (
    <p className={state === 'running' || state === 'open' || state === 'told' ? undefined : 'bad'}>
      {clock.name ?? t('incident.recipient.authority')}:{' '}
      {t(`incident.clock.${state}`, strict === null ? {} : distance(strict, now))}
      {strict === null ? null : ` (${instant(strict, language, timeZone)})`}
    </p>
  )
}
