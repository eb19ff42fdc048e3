import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useChange, useRead } from '../api/use-api.ts'
import { useMay } from '../account/session.ts'

/** Looks that were judged by other versions of checks than this release has; nothing where there is none. */
export function Outdated() {
  const { t } = useTranslation()
  const mayRun = useMay('check:run')
  const { data } = useRead('check.outdated', {})
  const judging = useChange('check.rejudge', { stale: ['check.outdated', 'outcome.list', 'finding.list'] })
  if (!data || data.connections === 0) return null
  return (
    <p className="aside-note">
      {t('outdated.say', { count: data.connections, checks: data.checks.length })}{' '}
      {mayRun ? (
        <Button size="compact-sm" loading={judging.isPending} onClick={() => judging.mutate({})}>
          {t('outdated.judge')}
        </Button>
      ) : null}
    </p>
  )
}
