import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { GrantView } from '../api/api.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange, useRead } from '../api/use-api.ts'
import { HistoryButton } from '../history/History.tsx'
import { moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { GrantForm } from './GrantForm.tsx'
import { timeLeft } from './time-left.ts'

/** When the operator of the installation may see what the tenant holds: asked for, running, ended. */
export function Grants({ mayChange }: { mayChange: boolean }) {
  const { t } = useTranslation()
  const data = useRead('grant.list', {}, { refetchInterval: 60_000 }).data
  const giving = useChange('grant.give', { stale: ['grant.list'], quiet: true })
  if (!data) return null
  const open = data.grants.filter(({ state }) => state === 'requested' || state === 'active')
  const past = data.grants.filter((grant) => !open.includes(grant))
  const free = data.operators.filter(({ accountId }) => !open.some((grant) => grant.accountId === accountId))
  return (
    <section className="section" aria-labelledby="grants">
      <h2 id="grants">{t('grant.title')}</h2>
      <p>{t('grant.lead')}</p>
      {open.length === 0 ? <p className="quiet">{t('grant.none')}</p> : <List grants={open} mayChange={mayChange} />}
      {past.length === 0 ? null : (
        <details className="fold">
          <summary>
            <h3>{t('grant.past')}</h3>
          </summary>
          <List grants={past} mayChange={false} />
        </details>
      )}
      {mayChange && free.length > 0 ? (
        <>
          <h3>{t('grant.give')}</h3>
          <GrantForm
            operators={free}
            pending={giving.isPending}
            problem={giving.error ? sentenceOf(giving.error, t) : undefined}
            submit={t('grant.giveSubmit')}
            onSubmit={({ accountId, ...terms }) => giving.mutate({ accountId: accountId ?? '', ...terms })}
          />
        </>
      ) : null}
    </section>
  )
}

function List({ grants, mayChange }: { grants: readonly GrantView[]; mayChange: boolean }) {
  return (
    <ul className="rows">
      {grants.map((grant) => (
        <Grant key={grant.grantId} grant={grant} mayChange={mayChange} />
      ))}
    </ul>
  )
}

function Grant({ grant, mayChange }: { grant: GrantView; mayChange: boolean }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const giving = useChange('grant.give', { stale: ['grant.list'] })
  const ending = useChange('grant.end', { stale: ['grant.list'] })
  const { grantId, accountId, scope, hours, reason, state, until, usedAt, givenBy } = grant
  const name = grant.name ?? t('role.operator')
  const at = (instant: string | null) => (instant === null ? '' : moment(instant, language))
  return (
    <li className="row">
      <div className="row-main">
        <h3 className="row-title">{name}</h3>
        <p>{reason}</p>
        <p className="note quiet">
          {t(`grant.scope.${scope}`)} ·{' '}
          {state === 'active' && until !== null
            ? t('grant.active', { left: timeLeft(until, t), moment: at(until) })
            : state === 'requested'
              ? t('grant.requested', { left: t('grant.hours', { count: hours }), moment: at(grant.requestedAt) })
              : t(`grant.${state}`, { moment: at(grant.endedAt ?? until) })}
          {givenBy === null ? null : ` · ${t('grant.givenBy', { name: givenBy })}`} ·{' '}
          {usedAt === null ? t('grant.unused') : t('grant.used', { moment: at(usedAt) })}{' '}
          <HistoryButton id={grantId} name={name} />
        </p>
      </div>
      {mayChange ? (
        <div className="row-actions">
          {state === 'requested' ? (
            <Button
              size="compact-sm"
              loading={giving.isPending}
              onClick={() => giving.mutate({ accountId, scope, hours, reason })}
            >
              {t('grant.giveSubmit')}
            </Button>
          ) : null}
          <Button size="compact-sm" loading={ending.isPending} onClick={() => ending.mutate({ grantId })}>
            {t(state === 'requested' ? 'grant.decline' : 'grant.end')}
          </Button>
        </div>
      ) : null}
    </li>
  )
}
