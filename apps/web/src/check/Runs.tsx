import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useRead, useTenant } from '../api/use-api.ts'
import { moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'

/** A run that goes on or can go on, so that it is found again after one left the page. */
export function Runs({ shown }: { shown: string | undefined }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  const { data } = useRead('run.list', {})
  const [newest] = data?.runs ?? []
  if (!newest || newest.runId === shown || newest.state === 'done') return null
  const { runId, state, finished, connections, requestedAt } = newest
  return (
    <p className="aside-note">
      {t(`run.newest.${state}`, { at: moment(requestedAt, language), finished, count: connections })}{' '}
      <Link to="/t/$slug/systems" params={{ slug }} search={{ run: runId }}>
        {t('run.show')}
      </Link>
    </p>
  )
}
