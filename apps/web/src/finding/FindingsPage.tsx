import { Link, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { tenantAddress } from '../api/request.ts'
import { useRead, useTenant } from '../api/use-api.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { useLanguage } from '../language/use-language.ts'
import { Finding } from './Finding.tsx'
import { byUrgency, lists } from './finding-view.ts'
import './finding.css'

/** What failed and somebody has to deal with. */
export function FindingsPage() {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  const { state = 'open' } = useSearch({ from: '/signed-in/t/$slug/findings' })
  // A second look decides by itself what is only suspected.
  const read = useRead('finding.list', { state }, { refetchInterval: 60_000 })
  const counts = read.data?.counts
  const countOf = { open: (counts?.open ?? 0) + (counts?.suspected ?? 0), excepted: counts?.excepted ?? 0 }
  return (
    <Page
      title={t('finding.title')}
      lead={t('finding.lead')}
      actions={
        <a href={tenantAddress(slug, 'finding.export', { language })} download>
          {t('finding.csv')}
        </a>
      }
    >
      <nav className="tabs" aria-label={t('finding.which')}>
        {lists.map((list) => (
          <Link
            key={list}
            to="/t/$slug/findings"
            params={{ slug }}
            search={list === 'open' ? {} : { state: list }}
            activeOptions={{ exact: true, explicitUndefined: true }}
          >
            {t(`finding.list.${list}`)}
            {list !== 'closed' && countOf[list] > 0 ? <span className="quiet"> {countOf[list]}</span> : null}
          </Link>
        ))}
      </nav>
      <Loaded read={read}>
        {({ findings }) =>
          findings.length === 0 ? (
            <p>{t(`finding.none.${state}`)}</p>
          ) : (
            <ul className="rows">
              {byUrgency(findings).map((finding) => (
                <Finding key={finding.key} finding={finding} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Page>
  )
}
