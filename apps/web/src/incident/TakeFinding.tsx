import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useChange, useTenant } from '../api/use-api.ts'
import { stale } from './incident-view.ts'

/** Makes an incident of what the monitoring found, and goes on in it. */
export function TakeFinding({ findingKey }: { findingKey: string }) {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const navigate = useNavigate()
  const taking = useChange('incident.take_finding', {
    stale,
    onDone: ({ incidentId }) => void navigate({ to: '/t/$slug/incident/$incidentId', params: { slug, incidentId } }),
  })
  return (
    <button
      type="button"
      className="text-button"
      aria-busy={taking.isPending}
      disabled={taking.isPending}
      onClick={() => taking.mutate({ key: findingKey })}
    >
      {t('incident.take')}
    </button>
  )
}
