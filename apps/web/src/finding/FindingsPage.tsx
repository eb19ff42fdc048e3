import { TextInput } from '@mantine/core'
import { Link, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FindingView } from '../api/api.ts'
import { useChange, useRead, useTenant } from '../api/use-api.ts'
import { useMay } from '../account/session.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { byUrgency, isOverdue } from './finding-view.ts'
import './finding.css'

/** What failed and somebody has to deal with. */
export function FindingsPage() {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const { closed = false } = useSearch({ from: '/signed-in/t/$slug/findings' })
  const findings = useRead('finding.list', { open: closed ? 'false' : 'true' })
  return (
    <Page title={t('finding.title')} lead={t('finding.lead')}>
      <nav className="tabs" aria-label={t('finding.which')}>
        <Link
          to="/t/$slug/findings"
          params={{ slug }}
          search={{}}
          activeOptions={{ exact: true, explicitUndefined: true }}
        >
          {t('finding.open')}
        </Link>
        <Link to="/t/$slug/findings" params={{ slug }} search={{ closed: true }} activeOptions={{ exact: true }}>
          {t('finding.closed')}
        </Link>
      </nav>
      <Loaded read={findings}>
        {({ findings }) =>
          findings.length === 0 ? (
            <p>{t(closed ? 'finding.noneClosed' : 'finding.none')}</p>
          ) : (
            <ul className="rows">
              {byUrgency(findings).map((finding) => (
                <Finding key={finding.key} finding={finding} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Page>
  )
}

function Finding({ finding }: { finding: FindingView }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const mayWrite = useMay('register:write')
  const grave = finding.severity === 'high' || finding.severity === 'critical'
  return (
    <li className="row finding">
      <div className="row-main">
        <h2 className="row-title">{finding.title[language]}</h2>
        <p>{finding.say[language]}</p>
        <p>
          <em>{finding.remedy[language]}</em>
        </p>
        <p className="note quiet">
          {finding.systemName === finding.subject ? finding.subject : `${finding.systemName} · ${finding.subject}`}
          {' · '}
          {t('finding.since', { day: day(finding.openedAt, language) })}
          {' · '}
          {finding.closedAt === null
            ? t('finding.seen', { day: day(finding.seenAt, language) })
            : t('finding.closedOn', { day: day(finding.closedAt, language) })}
        </p>
      </div>
      <div className="finding-side">
        <p className={`sign ${grave && finding.closedAt === null ? 'bad' : 'quiet'}`}>
          <span className="glyph" aria-hidden>
            {finding.closedAt === null ? '▲' : '●'}
          </span>
          {t(`severity.${finding.severity}` as 'severity.high', { defaultValue: finding.severity })}
        </p>
        {mayWrite && finding.closedAt === null ? <Assign finding={finding} /> : <Assigned finding={finding} />}
      </div>
    </li>
  )
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
  const changing = useChange('finding.change', { stale: ['finding.list'] })
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
