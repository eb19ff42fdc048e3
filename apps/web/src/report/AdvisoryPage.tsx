import { Button, TextInput } from '@mantine/core'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import { useChange, useRead, useTenant } from '../api/use-api.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { AdvisoryForm } from './AdvisoryForm.tsx'
import { Refused } from './Refused.tsx'
import type { AdvisoryShown } from './shown.ts'
import './report.css'

const route = getRouteApi('/signed-in/t/$slug/advisory/$advisoryId')

/** One advisory: its draft, its versions, and what it is as CSAF. */
export function AdvisoryPage() {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const { advisoryId } = route.useParams()
  const shown = useRead('advisory.show', { advisoryId })
  return (
    <Page
      title={shown.data?.title ?? t('report.advisories')}
      over={
        <Link to="/t/$slug/reports" params={{ slug }} search={{}}>
          {t('advisory.over')}
        </Link>
      }
    >
      <Loaded read={shown}>{(advisory) => <Whole advisory={advisory} />}</Loaded>
    </Page>
  )
}

function Whole({ advisory }: { advisory: AdvisoryShown }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const mayWrite = useMay('register:write')
  const maySign = useMay('edition:sign')
  const { trackingId, number, publishedAt, hasDraft, problem, versions, csaf } = advisory
  return (
    <>
      <p>
        {trackingId} ·{' '}
        {number === null || publishedAt === null
          ? t('advisory.draft')
          : t('advisory.published', { number, day: day(publishedAt, language) })}
        {number !== null && hasDraft ? ` · ${t('advisory.changed')}` : null}
      </p>
      {problem === null ? null : <p className="bad">{t('advisory.problem', { problem })}</p>}
      {maySign && hasDraft && problem === null ? <Publish advisory={advisory} /> : null}
      <section className="section" aria-labelledby="text">
        <h2 id="text">{t('advisory.text')}</h2>
        {mayWrite ? <AdvisoryForm key={JSON.stringify(advisory.draft)} advisory={advisory} /> : null}
      </section>
      {versions.length === 0 ? null : (
        <section className="section" aria-labelledby="versions">
          <h2 id="versions">{t('advisory.versions')}</h2>
          <ul>
            {versions.map((version) => (
              <li key={version.number}>
                {version.number} · {day(version.publishedAt, language)} · {version.summary}
              </li>
            ))}
          </ul>
        </section>
      )}
      <details className="section">
        <summary>{t('advisory.csaf')}</summary>
        <pre className="report-json">{csaf}</pre>
      </details>
      {mayWrite && number === null ? <Discard advisory={advisory} /> : null}
    </>
  )
}

function Publish({ advisory: { advisoryId } }: { advisory: AdvisoryShown }) {
  const { t } = useTranslation()
  const [summary, setSummary] = useState('')
  const publishing = useChange('advisory.publish', {
    stale: ['advisory.show', 'advisory.list', 'report.list', 'report.show'],
    quiet: true,
  })
  return (
    <section className="section" aria-labelledby="publish">
      <h2 id="publish">{t('advisory.publish')}</h2>
      <p>{t('advisory.publishLead')}</p>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          publishing.mutate({ advisoryId, summary })
        }}
      >
        <TextInput
          label={t('advisory.summary')}
          value={summary}
          onChange={(event) => setSummary(event.currentTarget.value)}
          required
          withAsterisk={false}
          maxLength={500}
        />
        <Refused error={publishing.error} />
        <Button type="submit" loading={publishing.isPending}>
          {t('advisory.publish')}
        </Button>
      </form>
    </section>
  )
}

function Discard({ advisory: { advisoryId } }: { advisory: AdvisoryShown }) {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const navigate = useNavigate()
  const discarding = useChange('advisory.discard', {
    stale: ['advisory.list'],
    onDone: () => void navigate({ to: '/t/$slug/reports', params: { slug }, search: {} }),
  })
  return (
    <div className="actions">
      <Button variant="default" loading={discarding.isPending} onClick={() => discarding.mutate({ advisoryId })}>
        {t('advisory.discard')}
      </Button>
    </div>
  )
}
