import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { assurances, assuranceSigns } from '@art32/press'
import type { Assurance } from '@art32/press'
import type { RegisterView } from '../api/api.ts'
import { useTenant } from '../api/use-api.ts'
import { Sign } from '../frame/Sign.tsx'
import { count } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { firstStep, toggled } from './register-view.ts'
import type { FirstStep } from './register-view.ts'

/** How many lines stand at which assurance, each a filter; and the one thing to do first. */
export function RegisterSummary({ register, show }: { register: RegisterView; show: readonly Assurance[] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  const { counts } = register
  const found = assurances.filter((assurance) => counts.assurance[assurance] > 0)
  return (
    <section className="summary" aria-labelledby="summary">
      <h2 id="summary" className="hidden">
        {t('document.summary')}
      </h2>
      <ul className="tally">
        {found.map((assurance) => (
          <li key={assurance}>
            <Link
              to="/t/$slug"
              params={{ slug }}
              search={({ show: _shown, ...rest }) => ({ ...rest, ...toggled(show, assurance) })}
              resetScroll={false}
              aria-current={show.includes(assurance) ? 'true' : undefined}
              data-shown={show.length === 0 || show.includes(assurance)}
              title={t(`assurance.${assurance}`)}
            >
              <span className="number">{count(counts.assurance[assurance], language)}</span>
              <Sign sign={assuranceSigns[assurance]} />
            </Link>
          </li>
        ))}
      </ul>
      <p className="summary-next">
        {show.length > 0 ? (
          <>
            <span role="status">
              {t('document.filtered', {
                count: show.reduce((sum, assurance) => sum + counts.assurance[assurance], 0),
                lines: counts.lines,
              })}
            </span>{' '}
            <Link to="/t/$slug" params={{ slug }} search={({ show: _shown, ...rest }) => rest} resetScroll={false}>
              {t('document.showAll')}
            </Link>
          </>
        ) : (
          <Next register={register} />
        )}
      </p>
    </section>
  )
}

function Next({ register }: { register: RegisterView }) {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const { step, lines } = firstStep(register)
  const places = {
    mend: { to: '/t/$slug/findings', search: {} },
    confirm: { to: '/t/$slug/read', search: { document: register.document.id } },
    'look-again': { to: '/t/$slug/systems', search: {} },
    connect: { to: '/t/$slug/systems', search: {} },
    none: { to: '/t/$slug/editions', search: {} },
  } satisfies Record<FirstStep, { to: string; search: object }>
  return (
    <>
      {t(`document.first.${step}`, { count: lines })}{' '}
      <Link params={{ slug }} {...places[step]}>
        {t(`document.go.${step}`)}
      </Link>
    </>
  )
}
