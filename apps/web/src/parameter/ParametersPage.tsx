import { TextInput } from '@mantine/core'
import { Link, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ParameterCheckView } from '../api/api.ts'
import { useRead, useTenant } from '../api/use-api.ts'
import { useMay } from '../account/session.ts'
import { SystemTabs } from '../connection/SystemTabs.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { HistoryButton } from '../history/History.tsx'
import { day, plainValue } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { Declare } from './Declare.tsx'
import { matching } from './parameter-view.ts'
import '../connection/connection.css'
import './parameter.css'

type Declared = ParameterCheckView['declared'][number]

/** What checks may take as declared: allowed regions, approved lists, exceptions with a reason. */
export function ParametersPage() {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  const { check: opened } = useSearch({ from: '/signed-in/t/$slug/parameters' })
  const [typed, setTyped] = useState('')
  const read = useRead('parameter.list', opened === undefined ? {} : { connected: 'false' })
  return (
    <Page title={t('parameter.title')} lead={t('parameter.lead')}>
      <SystemTabs />
      <Loaded read={read}>
        {({ checks }) => {
          const shown = matching(opened === undefined ? checks : checks.filter(({ id }) => id === opened), typed)
          if (checks.length === 0) return <p>{t('parameter.none')}</p>
          return (
            <>
              {opened === undefined ? (
                <TextInput
                  className="parameter-find"
                  type="search"
                  label={t('parameter.find')}
                  value={typed}
                  onChange={(event) => setTyped(event.currentTarget.value)}
                />
              ) : (
                <p>
                  <Link to="/t/$slug/parameters" params={{ slug }} search={{}}>
                    {t('parameter.allChecks')}
                  </Link>
                </p>
              )}
              {shown.length === 0 ? <p>{t('parameter.notFound')}</p> : null}
              {[...Map.groupBy(shown, ({ connector }) => connector[language])].map(([connector, ofConnector]) => (
                <section key={connector} className="section">
                  <h2>{connector}</h2>
                  {ofConnector.map((check) => (
                    <CheckParameters key={check.id} check={check} isOpen={check.id === opened} />
                  ))}
                </section>
              ))}
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}

function CheckParameters({ check, isOpen }: { check: ParameterCheckView; isOpen: boolean }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const mayWrite = useMay('register:write')
  const inForce = check.declared.filter(({ given }) => Object.keys(given).length > 0)
  return (
    <details className="fold" open={isOpen}>
      <summary>
        <h3>{check.title[language]}</h3>
        <span className="quiet">
          {inForce.length === 0 ? t('parameter.byItself') : t('parameter.declared', { count: inForce.length })}
        </span>
      </summary>
      <div className="parameter-body">
        <p className="note quiet">
          <code>{check.id}</code>
        </p>
        {check.promised.length === 0 ? null : (
          <p className="note">
            {t('parameter.promised', {
              names: check.promised
                .map(({ label, values }) => `${label[language]} (${values.map(plainValue).join(', ')})`)
                .join('; '),
            })}
          </p>
        )}
        {check.declared.length === 0 ? null : (
          <ul className="rows">
            {check.declared.map((declared) => (
              <DeclaredRow key={declared.id} check={check} declared={declared} />
            ))}
          </ul>
        )}
        {mayWrite ? <Declare check={check} /> : <Presets check={check} />}
      </div>
    </details>
  )
}

function DeclaredRow({ check, declared }: { check: ParameterCheckView; declared: Declared }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const mayLedger = useMay('ledger:read')
  const { systemId, given, reason, role, at, id } = declared
  const system = check.systems.find((one) => one.id === systemId)?.name
  const where = systemId === null ? t('parameter.everywhere') : (system ?? t('parameter.goneSystem'))
  const labels = new Map(check.fields.map(({ name, label }) => [name, label[language]]))
  const values = Object.entries(given)
  return (
    <li className="row">
      <div className="row-main">
        <h4 className="row-title">{where}</h4>
        {values.length === 0 ? (
          <p>{t('parameter.takenBack')}</p>
        ) : (
          <dl className="parameter-values">
            {values.map(([name, value]) => (
              <div key={name}>
                <dt>{labels.get(name) ?? name}</dt>
                <dd>{plainValue(value) === '' ? t('parameter.empty') : plainValue(value)}</dd>
              </div>
            ))}
          </dl>
        )}
        <p className="note">
          <q>{reason}</q>
        </p>
        <p className="note quiet">{t('parameter.by', { role: t(`role.${role}`), day: day(at, language) })}</p>
      </div>
      {mayLedger ? (
        <div className="row-actions">
          <HistoryButton id={id} name={check.title[language]} />
        </div>
      ) : null}
    </li>
  )
}

/** What the check takes by itself, for those who may not declare anything. */
function Presets({ check }: { check: ParameterCheckView }) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <dl className="parameter-values">
      {check.fields.map(({ name, label, help, preset }) => (
        <div key={name}>
          <dt>{label[language]}</dt>
          <dd>
            {preset === null || preset === '' ? t('parameter.empty') : String(preset).split('\n').join(', ')}
            {help === undefined ? null : <span className="note quiet"> {help[language]}</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}
