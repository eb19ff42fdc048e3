import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useRead, useTenant } from '../api/use-api.ts'
import { measureTitle } from '../catalogue/measure-title.ts'
import { useConnectorTitle } from './connector.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { useLanguage } from '../language/use-language.ts'

/** All checks of this release by connector: what each looks for, why, and what to do when it fails. */
export function CheckList() {
  const { t } = useTranslation()
  const connectorTitle = useConnectorTitle()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  const read = useRead('check.list', {})
  return (
    <section className="section" aria-labelledby="checks">
      <h2 id="checks">{t('check.title')}</h2>
      <p className="quiet">{t('check.lead')}</p>
      <Loaded read={read}>
        {({ checks }) =>
          [...Map.groupBy(checks, ({ connector }) => connector)].map(([connector, ofConnector]) => (
            <details key={connector} className="fold">
              <summary>
                <h3>{connectorTitle(connector)}</h3>
                <span className="quiet">{t('check.count', { count: ofConnector.length })}</span>
              </summary>
              <ul className="check-list">
                {ofConnector.map((check) => (
                  <li key={check.id}>
                    <h4>{check.title[language]}</h4>
                    <p className="note quiet">
                      <code>{check.id}</code> ·{' '}
                      {t(`severity.${check.severity}` as 'severity.high', { defaultValue: check.severity })}
                    </p>
                    <p>{check.why[language]}</p>
                    <p>
                      <em>{check.remedy[language]}</em>
                    </p>
                    <p className="note quiet">
                      {check.serves.map(({ measure, as }, position) => (
                        <span key={measure}>
                          {position === 0 ? '' : ' · '}
                          {t(`check.${as}`)}{' '}
                          <Link
                            to="/t/$slug/catalogue"
                            params={{ slug }}
                            search={{ find: measureTitle(measure, language) }}
                          >
                            {measureTitle(measure, language)}
                          </Link>
                        </span>
                      ))}
                    </p>
                  </li>
                ))}
              </ul>
            </details>
          ))
        }
      </Loaded>
    </section>
  )
}
