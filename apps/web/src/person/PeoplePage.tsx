import { Link, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import { useTenant } from '../api/use-api.ts'
import { Page } from '../frame/Page.tsx'
import { Courses } from './Courses.tsx'
import { Everybody } from './Everybody.tsx'
import { Items } from './Items.tsx'
import { OwnRecord } from './OwnRecord.tsx'
import { Points } from './Points.tsx'
import { viewFrom, views } from './record.ts'
import type { View } from './record.ts'
import './record.css'

const shown: Readonly<Record<View, () => React.JSX.Element>> = {
  all: Everybody,
  courses: Courses,
  points: Points,
  items: Items,
  mine: OwnRecord,
}

/** People: everybody, courses, lists, what was handed out, and for each one their own record. */
export function PeoplePage() {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const mayRead = useMay('person:read')
  const search = useSearch({ from: '/signed-in/t/$slug/people' })
  const view = viewFrom(search.view, mayRead)
  const Shown = shown[view]
  const first = viewFrom(undefined, mayRead)
  const offered = mayRead ? views : (['courses', 'mine'] as const)
  return (
    <Page title={t('record.title')} lead={t(mayRead ? 'record.lead' : 'record.ownLead')}>
      <nav className="tabs" aria-label={t('record.tabs')}>
        {offered.map((one) => (
          <Link
            key={one}
            to="/t/$slug/people"
            params={{ slug }}
            search={one === first ? {} : { view: one }}
            // A filter of the tab stays in the address.
            activeOptions={one === view ? { includeSearch: false } : { exact: true, explicitUndefined: true }}
          >
            {t(`record.tab.${one}`)}
          </Link>
        ))}
      </nav>
      <Shown />
    </Page>
  )
}
