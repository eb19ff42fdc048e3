import { Button } from '@mantine/core'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import type { GuidelineShown } from '../api/api.ts'
import { useRead, useTenant } from '../api/use-api.ts'
import { roleWord } from '../edition/role-word.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { day, moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { Downloads } from '../paper/Downloads.tsx'
import { Decisions } from './Decisions.tsx'
import { Draft } from './Draft.tsx'
import { Standing } from './GuidelinesPage.tsx'
import { GuidelineText } from './GuidelineText.tsx'

const route = getRouteApi('/signed-in/t/$slug/guideline/$guidelineId')

/** One guideline: its draft, its versions, and who accepted the one in force. */
export function GuidelinePage() {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const { guidelineId } = route.useParams()
  const shown = useRead('guideline.show', { guidelineId })
  return (
    <Page
      title={shown.data?.guideline.title ?? t('guideline.title')}
      over={
        <Link to="/t/$slug/guidelines" params={{ slug }} search={{}}>
          {t('guideline.title')}
        </Link>
      }
    >
      <Loaded read={shown}>{(found) => <Whole key={found.draft.revision} shown={found} />}</Loaded>
    </Page>
  )
}

function Whole({ shown }: { shown: GuidelineShown }) {
  const { t } = useTranslation()
  const mayWrite = useMay('register:write')
  const [editing, setEditing] = useState(false)
  const { guideline, draft, versions } = shown
  return (
    <>
      <Standing guideline={guideline} />
      <div className="guideline-actions">
        {mayWrite && !editing ? (
          <Button variant="default" onClick={() => setEditing(true)}>
            {t('guideline.edit')}
          </Button>
        ) : null}
        <Decisions shown={shown} />
      </div>
      {editing ? <Draft shown={shown} onDone={() => setEditing(false)} /> : null}
      {guideline.hasDraft && !editing ? (
        <GuidelineText text={draft.body} language={guideline.language} under={1} />
      ) : null}
      <Acceptances shown={shown} />
      {versions.length === 0 ? null : <h2 className="guideline-part">{t('guideline.versions')}</h2>}
      {versions.map((version, index) => (
        <Version
          key={version.versionId}
          version={version}
          guideline={guideline}
          before={versions[index + 1]?.number ?? null}
        />
      ))}
    </>
  )
}

function Acceptances({ shown: { guideline, acceptances } }: { shown: GuidelineShown }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const mayNames = useMay('access:read')
  if (!acceptances || acceptances.length === 0) return null
  return (
    <section className="guideline-part">
      <h2>{t('guideline.acceptances')}</h2>
      <p>{t('guideline.figure', { accepted: guideline.accepted, count: guideline.members })}</p>
      <ul className="sentences">
        {acceptances.map(({ name, at }, index) => (
          <li key={`${index} ${name ?? ''}`}>
            {name ?? t('guideline.gone')}: {at === null ? t('guideline.notYet') : moment(at, language)}
          </li>
        ))}
      </ul>
      {mayNames ? (
        <Downloads
          operation="guideline.acceptances"
          input={{ guidelineId: guideline.guidelineId }}
          formats={['pdf', 'docx', 'csv']}
          label={t('guideline.acceptances')}
        />
      ) : null}
    </section>
  )
}

function Version({
  version,
  guideline,
  before,
}: {
  version: GuidelineShown['versions'][number]
  guideline: GuidelineShown['guideline']
  before: number | null
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { number, approvedAt, approvedBy, approvedRole, alone, effectiveFrom, reviewDue } = version
  return (
    <section className="guideline-version">
      <h3>{t('guideline.version', { number })}</h3>
      <p>
        {t('guideline.approvedBy', {
          day: day(approvedAt, language),
          name: approvedBy ?? t('guideline.gone'),
          role: roleWord(approvedRole, t),
        })}{' '}
        · {t('guideline.since', { day: day(effectiveFrom, language) })} ·{' '}
        {t('guideline.due', { day: day(reviewDue, language) })}
      </p>
      {alone ? <p className="note">{t('guideline.alone')}</p> : null}
      {version.withdrawnAt === null ? null : (
        <p className="note">
          {t('guideline.withdrawnOn', {
            day: day(version.withdrawnAt, language),
            reason: version.withdrawnReason ?? '',
          })}
        </p>
      )}
      <details>
        <summary>{t('guideline.read')}</summary>
        <GuidelineText text={version.body} language={guideline.language} />
      </details>
      <Downloads
        operation="guideline.document"
        input={{ guidelineId: guideline.guidelineId, number: String(number) }}
        formats={['pdf', 'docx']}
        label={t('guideline.versionFile', { number })}
        ownLanguage
      />
      {before === null ? null : <Compared guidelineId={guideline.guidelineId} from={before} to={number} />}
    </section>
  )
}

function Compared({ guidelineId, from, to }: { guidelineId: string; from: number; to: number }) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  const compared = useRead('guideline.compare', { guidelineId, from, to }, { enabled: opened })
  return (
    <details onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary>{t('guideline.compare', { number: from })}</summary>
      {opened ? (
        <Loaded read={compared}>
          {({ paragraphs }) => (
            <div className="guideline-text guideline-compared">
              {paragraphs.map((runs, index) => (
                <p key={`${index}`}>
                  {runs.map((run, place) => {
                    const key = `${place}`
                    if (run.in === 'before') return <del key={key}>{run.text}</del>
                    return run.in === 'after' ? <ins key={key}>{run.text}</ins> : <span key={key}>{run.text}</span>
                  })}
                </p>
              ))}
            </div>
          )}
        </Loaded>
      ) : null}
    </details>
  )
}
