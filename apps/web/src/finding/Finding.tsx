import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FindingView } from '../api/api.ts'
import { useChange } from '../api/use-api.ts'
import { useMay } from '../account/session.ts'
import { day, moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { DeclareException, Excepted } from './Exception.tsx'
import { TakeFinding } from '../incident/TakeFinding.tsx'
import { FindingHistory } from './FindingHistory.tsx'
import { isOverdue, nameOf, signOf } from './finding-view.ts'

/** One finding: what is wrong, what would mend it, whose it is, and what was decided. */
export function Finding({ finding }: { finding: FindingView }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const mayWrite = useMay('register:write')
  const mayExcept = useMay('exception:grant')
  const mayHistory = useMay('ledger:read')
  const mayIncident = useMay('incident:write')
  // What was seen once only is nothing to deal with yet.
  const isLive = finding.closedAt === null && finding.state !== 'suspected'
  const sign = signOf(finding)
  return (
    <li className="row finding">
      <div className="row-main">
        <h2 className="row-title">{finding.title[language]}</h2>
        <p>{finding.say[language]}</p>
        {finding.hints.map((hint) => (
          <p key={hint.en} className="finding-hint">
            {hint[language]}
          </p>
        ))}
        <p>
          <em>{finding.remedy[language]}</em>
        </p>
        <p className="note quiet">
          {nameOf(finding)} · <When finding={finding} />
        </p>
        {finding.state === 'suspected' ? <p className="aside-note">{t('finding.suspectedWhat')}</p> : null}
        {finding.exception === null ? null : <Excepted finding={finding} exception={finding.exception} />}
        <div className="finding-actions">
          {mayHistory ? <FindingHistory finding={finding} /> : null}
          {mayIncident && isLive ? <TakeFinding findingKey={finding.key} /> : null}
          {mayExcept && isLive && finding.exception === null ? <DeclareException finding={finding} /> : null}
        </div>
      </div>
      <div className="finding-side">
        <p className={`sign ${sign.tone}`}>
          <span className="glyph" aria-hidden>
            {sign.glyph}
          </span>
          {finding.state === 'open' || finding.state === 'closed' ? null : `${t(`finding.state.${finding.state}`)} · `}
          {t(`severity.${finding.severity}` as 'severity.high', { defaultValue: finding.severity })}
        </p>
        {mayWrite && isLive ? <Assign finding={finding} /> : null}
        {finding.state === 'suspected' || (mayWrite && isLive) ? null : <Assigned finding={finding} />}
      </div>
    </li>
  )
}

/** Since when, and when it was last seen or closed. */
function When({ finding: { state, openedAt, seenAt, closedAt } }: { finding: FindingView }) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (state === 'suspected') return t('finding.suspectedSince', { day: moment(openedAt, language) })
  const last =
    closedAt === null
      ? t('finding.seen', { day: day(seenAt, language) })
      : t('finding.closedOn', { day: day(closedAt, language) })
  return `${t('finding.since', { day: day(openedAt, language) })} · ${last}`
}

function Assigned({ finding }: { finding: FindingView }) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <p className="note quiet">
      {finding.owner ?? t('measure.nobody')}
      {finding.due === null ? '' : ` · ${t('finding.dueOn', { day: day(finding.due, language) })}`}
    </p>
  )
}

function Assign({ finding }: { finding: FindingView }) {
  const { t } = useTranslation()
  const changing = useChange('finding.change', { stale: ['finding.list', 'finding.history'] })
  const [owner, setOwner] = useState(finding.owner ?? '')
  const [due, setDue] = useState(finding.due?.slice(0, 10) ?? '')
  const [today] = useState(() => new Date().toISOString().slice(0, 10))
  const late = isOverdue(finding, today)
  return (
    <div className="assign" aria-busy={changing.isPending}>
      <TextInput
        size="xs"
        label={t('measure.owner')}
        value={owner}
        onChange={(event) => setOwner(event.currentTarget.value)}
        onBlur={() => {
          const name = owner.trim()
          if (name !== (finding.owner ?? '')) changing.mutate({ key: finding.key, owner: name === '' ? null : name })
        }}
      />
      <TextInput
        size="xs"
        type="date"
        label={t('finding.due')}
        value={due}
        error={late ? t('finding.overdue') : undefined}
        onChange={(event) => setDue(event.currentTarget.value)}
        onBlur={() => {
          if (due !== (finding.due?.slice(0, 10) ?? ''))
            changing.mutate({ key: finding.key, due: due === '' ? null : due })
        }}
      />
    </div>
  )
}
