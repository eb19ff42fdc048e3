import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import { useTenant } from '../api/use-api.ts'
import { useWaiting } from '../platform/use-waiting.ts'

/** What belongs to systems: the connections, and what people say about what is seen there. */
export function SystemTabs() {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const waiting = useWaiting()
  const mayAccounts = useMay('access:read')
  const tabs = [
    ['/t/$slug/systems', t('systems.tab.connections')],
    [
      '/t/$slug/platforms',
      waiting > 0 ? t('systems.tab.incidentsOpen', { count: waiting }) : t('systems.tab.incidents'),
    ],
    ...(mayAccounts
      ? ([
          ['/t/$slug/accounts', t('systems.tab.accounts')],
          ['/t/$slug/leaving', t('systems.tab.leaving')],
        ] as const)
      : []),
    ['/t/$slug/reviews', t('systems.tab.reviews')],
    ['/t/$slug/parameters', t('systems.tab.parameters')],
  ] as const
  return (
    <nav className="tabs" aria-label={t('systems.tab.label')}>
      {tabs.map(([to, word]) => (
        <Link key={to} to={to} params={{ slug }} activeOptions={{ includeSearch: false }}>
          {word}
        </Link>
      ))}
    </nav>
  )
}
