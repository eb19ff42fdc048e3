import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useRead, useTenant } from '../api/use-api.ts'

/** Leads to the changes of a system, and says how many of them nobody approved. */
export function ChangesLink({ systemId, name }: { systemId: string; name: string }) {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const { data } = useRead('fact.changes', { open: 'true' })
  const open = data?.open.find((one) => one.systemId === systemId)?.count ?? 0
  return (
    <Link
      className="text-button"
      to="/t/$slug/changes"
      params={{ slug }}
      search={open === 0 ? { system: systemId, all: true } : { system: systemId }}
      aria-label={t('changes.of', { name, count: open })}
    >
      {open === 0 ? t('changes.title') : t('changes.count', { count: open })}
    </Link>
  )
}
