import { Button } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import { useChange, useRead, useTenant } from '../api/use-api.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'

/** Advisories with how they stand, and the way to a new one. */
export function Advisories() {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  const read = useRead('advisory.list', {})
  return (
    <section className="section" aria-labelledby="advisories">
      <h2 id="advisories">{t('report.advisories')}</h2>
      <Loaded read={read}>
        {({ advisories, pageUrl }) => (
          <>
            {advisories.length === 0 ? <p>{t('report.advisoriesNone')}</p> : null}
            {advisories.some(({ number }) => number !== null) ? (
              <p>
                {t('advisory.page')}: <a href={pageUrl}>{pageUrl}</a>
              </p>
            ) : null}
            <ul className="rows">
              {advisories.map(({ advisoryId, trackingId, title, number, publishedAt, hasDraft }) => (
                <li key={advisoryId} className="row">
                  <div className="row-main">
                    <h3 className="row-title">
                      <Link to="/t/$slug/advisory/$advisoryId" params={{ slug, advisoryId }}>
                        {title}
                      </Link>
                    </h3>
                    <p>
                      {trackingId} ·{' '}
                      {number === null || publishedAt === null
                        ? t('advisory.draft')
                        : t('advisory.published', { number, day: day(publishedAt, language) })}
                      {number !== null && hasDraft ? ` · ${t('advisory.changed')}` : null}
                    </p>
                  </div>
                </li>
              ))}
            </ul>
          </>
        )}
      </Loaded>
      <NewAdvisory reportIds={[]} />
    </section>
  )
}

/** Begins an advisory, about reports where there are some. */
export function NewAdvisory({
  reportIds,
  title,
  product,
  vector = null,
  cve = null,
  credit = '',
}: {
  reportIds: string[]
  title?: string
  product?: string
  vector?: string | null
  cve?: string | null
  credit?: string
}) {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const language = useLanguage()
  const navigate = useNavigate()
  const mayWrite = useMay('register:write')
  const creating = useChange('advisory.create', {
    stale: ['advisory.list', 'report.show'],
    onDone: ({ advisoryId }) => void navigate({ to: '/t/$slug/advisory/$advisoryId', params: { slug, advisoryId } }),
  })
  if (!mayWrite) return null
  return (
    <div className="actions">
      <Button
        loading={creating.isPending}
        onClick={() =>
          creating.mutate({
            reportIds,
            text: {
              language,
              title: title ?? t('advisory.newTitle'),
              summary: t('advisory.newSummary'),
              products: [{ name: product || t('advisory.newProduct'), affected: [], fixed: [] }],
              vector,
              cve,
              credit,
            },
          })
        }
      >
        {t('report.advisoryFrom')}
      </Button>
    </div>
  )
}
