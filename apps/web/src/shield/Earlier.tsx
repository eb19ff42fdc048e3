import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Output } from '../api/api.ts'
import { call } from '../api/call.ts'
import { keepFile } from '../api/download.ts'
import { sentenceOf } from '../api/sentence.ts'
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
                  <KeptPlan key={one.planId} plan={one} />
                ))}
              </ul>
            )
          }
        </Loaded>
      </section>
    </>
  )
}

/** A plan that is kept, and as the file that stands in Git or that the command line takes. */
function KeptPlan({ plan: { planId, name, version, savedAt } }: { plan: Output<'shield.plan_list'>['plans'][number] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  const taking = useMutation({
    mutationFn: async () => await call('shield.plan_show', { planId }, slug),
    onSuccess: ({ text }) =>
      keepFile({ name: `${name}.plan.yaml`, blob: new Blob([text], { type: 'application/yaml' }) }),
  })
  return (
    <li className="row">
      <div className="row-main">
        <h3 className="row-title">{name}</h3>
        <p className="note quiet">{t('shield.planVersion', { version, day: day(savedAt, language) })}</p>
        {taking.error ? (
          <p role="alert" className="bad">
            {sentenceOf(taking.error, t)}
          </p>
        ) : null}
      </div>
      <button
        type="button"
        className="text-button"
        onClick={() => taking.mutate()}
        aria-label={t('shield.takePlanOf', { name })}
      >
        {t('shield.takePlan')}
      </button>
    </li>
  )
}
