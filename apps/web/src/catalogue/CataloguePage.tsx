import { TextInput } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useDeferredValue } from 'react'
import { useTranslation } from 'react-i18next'
import { catalogue, catalogueVersion, controls, findMeasure, goals } from '@art32/catalogue'
import type { CatalogueMeasure } from '@art32/catalogue'
import { useChecks, useCheckTitle } from '../check/use-checks.ts'
import { Page } from '../frame/Page.tsx'
import { useLanguage } from '../language/use-language.ts'
import { cadenceWord } from '../measure/cadence.ts'
import { checksOf } from './checks-of.ts'
import { findMeasures } from './find.ts'
import './catalogue.css'

/** The catalogue of measures by control group. */
export function CataloguePage() {
  const { t } = useTranslation()
  const language = useLanguage()
  const navigate = useNavigate({ from: '/t/$slug/catalogue' })
  const { find = '' } = useSearch({ from: '/signed-in/t/$slug/catalogue' })
  const found = findMeasures(catalogue, useDeferredValue(find), language)
  return (
    <Page
      title={t('catalogue.title')}
      lead={t('catalogue.lead', { count: catalogue.length, version: catalogueVersion })}
    >
      <TextInput
        className="search"
        type="search"
        label={t('catalogue.find')}
        value={find}
        onChange={(event) => {
          const wanted = event.currentTarget.value
          void navigate({ search: wanted === '' ? {} : { find: wanted }, replace: true, resetScroll: false })
        }}
      />
      <p className="note quiet" role="status">
        {find === '' ? '' : t('catalogue.found', { count: found.length })}
      </p>
      {controls.map((control) => {
        const ofControl = found.filter((measure) => measure.control === control.id)
        if (ofControl.length === 0) return null
        return (
          <section key={control.id} className="section" aria-labelledby={control.id}>
            <h2 id={control.id}>{control.title[language]}</h2>
            <ul className="catalogue">
              {ofControl.map((measure) => (
                <li key={measure.id}>
                  <details open={found.length === 1}>
                    <summary>
                      <h3>{measure.title[language]}</h3>
                    </summary>
                    <Measure measure={measure} />
                  </details>
                </li>
              ))}
            </ul>
          </section>
        )
      })}
    </Page>
  )
}

const standards = [
  ['gdpr', 'GDPR'],
  ['iso27001', 'ISO/IEC 27001:2022'],
  ['bsi', 'BSI IT-Grundschutz'],
  ['soc2', 'SOC 2'],
  ['nistCsf', 'NIST CSF 2.0'],
  ['cis', 'CIS 8'],
  ['sdm', 'SDM'],
] as const

function Measure({ measure }: { measure: CatalogueMeasure }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const checkTitle = useCheckTitle()
  const release = useChecks()
  const goal = goals.find(({ id }) => id === measure.goal)
  const rows: readonly (readonly [string, string])[] = [
    [t('catalogue.goal'), goal?.title[language] ?? measure.goal],
    [t('catalogue.kind'), t(`catalogue.kinds.${measure.kind}`)],
    [t('measure.cadence'), measure.cadence === null ? t('measure.noCadence') : cadenceWord(measure.cadence, t)],
    [t('catalogue.evidence'), measure.evidence[language]],
    ...(['proves', 'supports'] as const).flatMap((relation) => {
      const checks = checksOf(measure, release, relation)
      return checks.length === 0 ? [] : [[t(`check.${relation}Short`), checks.map(checkTitle).join(', ')] as const]
    }),
    ...(measure.alternatives.length === 0
      ? []
      : [
          [
            t('catalogue.alternatives'),
            measure.alternatives.map((id) => findMeasure(id)?.title[language] ?? id).join(', '),
          ] as const,
        ]),
    ...standards.flatMap(([key, name]) => {
      const refs = measure.refs[key]
      return refs.length === 0 ? [] : [[key === 'gdpr' ? t('catalogue.gdpr') : name, refs.join(', ')] as const]
    }),
  ]
  return (
    <div className="catalogue-measure">
      <p>{measure.description[language]}</p>
      <dl className="facts">
        {rows.map(([name, value]) => (
          <div key={`${name} ${value}`}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="note quiet">
        <code>{measure.id}</code>
      </p>
    </div>
  )
}
