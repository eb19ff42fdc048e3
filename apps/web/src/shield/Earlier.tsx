import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useRead, useTenant } from '../api/use-api.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { count, day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'

/** What was imported, and the plans that are kept. */
export function Earlier() {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  const imports = useRead('shield.import_list', {})
  const plans = useRead('shield.plan_list', {})
  return (
    <>
      <section className="shield-earlier">
        <h2>{t('shield.imports')}</h2>
        <Loaded read={imports}>
          {(data) =>
            data.imports.length === 0 ? (
              <p>{t('shield.noImports')}</p>
            ) : (
              <ul className="rows">
                {data.imports.map((one) => (
                  <li key={one.importId} className="row">
                    <div className="row-main">
                      <h3 className="row-title">
                        <Link to="/t/$slug/shield/$importId" params={{ slug, importId: one.importId }}>
                          {one.name}
                        </Link>
                      </h3>
                      <p className="note quiet">
                        {t('shield.importOf', {
                          records: count(one.records, language),
                          plan: one.planName,
                          version: one.planVersion,
                          day: day(one.doneAt, language),
                        })}
                        {one.kind === 'filter' ? ` · ${t('shield.service')}` : ''}
                      </p>
                    </div>
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      </section>
      <section className="shield-earlier">
        <h2>{t('shield.plans')}</h2>
        <Loaded read={plans}>
          {(data) =>
            data.plans.length === 0 ? (
              <p>{t('shield.noPlans')}</p>
            ) : (
              <ul className="rows">
                {data.plans.map((one) => (
                  <li key={one.planId} className="row">
                    <div className="row-main">
                      <h3 className="row-title">{one.name}</h3>
                      <p className="note quiet">
                        {t('shield.planVersion', { version: one.version, day: day(one.savedAt, language) })}
                      </p>
                    </div>
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      </section>
    </>
  )
}
