import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useRead, useTenant } from '../api/use-api.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { kindNamed } from './words.ts'

/** What is open under the agreements with all customers, the most urgent first. */
export function OpenMatters() {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  const list = useRead('matter.list', {})
  const kinds = useRead('matter.kinds', {}).data?.kinds ?? []
  return (
    <Loaded read={list}>
      {({ matters }) =>
        matters.length === 0 ? (
          <p>{t('customer.nothingOpen')}</p>
        ) : (
          <ul className="rows">
            {matters.map(({ matterId, kind, state, dueOn, isOverdue, customerId, customer }) => {
              const known = kindNamed(kinds, kind)
              const parts = [
                known?.label[language] ?? kind,
                known?.steps.find(({ id }) => id === state)?.label[language] ?? state,
                ...(dueOn === null ? [] : [t('customer.dueOn', { day: day(dueOn, language) })]),
              ]
              return (
                <li key={matterId} className="row">
                  <div className="row-main">
                    <h2 className="row-title">
                      <Link to="/t/$slug/customer/$customerId" params={{ slug, customerId }}>
                        {customer}
                      </Link>
                    </h2>
                    <p className={isOverdue ? 'bad' : undefined}>
                      {parts.join(' · ')}
                      {isOverdue ? ` · ${t('customer.overdue')}` : null}
                    </p>
                  </div>
                </li>
              )
            })}
          </ul>
        )
      }
    </Loaded>
  )
}
