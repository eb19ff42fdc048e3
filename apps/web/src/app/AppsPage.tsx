import { Button, Checkbox, TextInput } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import { useChange, useRead, useTenant } from '../api/use-api.ts'
import { noticeAddress } from '../api/request.ts'
import { Refusal } from '../customer/Refusal.tsx'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { Rules } from './Rules.tsx'
import { noFacts, slugOf, stale } from './app.ts'
import type { AppView, Choices } from './app.ts'
import '../customer/customer.css'
import './app.css'

/** The apps with how their privacy notices stand, and every deletion rule with its last run. */
export function AppsPage() {
  const { t } = useTranslation()
  const list = useRead('app.list', {})
  const mayWrite = useMay('register:write')
  const [opened, setOpened] = useState(false)
  return (
    <Page
      title={t('app.title')}
      lead={t('app.lead')}
      actions={mayWrite ? <Button onClick={() => setOpened(true)}>{t('app.add')}</Button> : undefined}
    >
      <Loaded read={list}>{({ apps }) => <All apps={apps} />}</Loaded>
      <Dialog title={t('app.add')} opened={opened} onClose={() => setOpened(false)}>
        <NewApp activities={list.data?.choices.activities ?? []} />
      </Dialog>
    </Page>
  )
}

function All({ apps }: { apps: readonly AppView[] }) {
  const { t, i18n } = useTranslation()
  return (
    <div className="customer-all">
      {apps.length === 0 ? <p>{t('app.none')}</p> : null}
      <ul className="rows">
        {apps.map((app) => (
          <Row key={app.appId} app={app} />
        ))}
      </ul>
      <section className="customer-part">
        <h2>{t('deletionRun.title')}</h2>
        <p className="note quiet">{t('deletionRun.lead')}</p>
        <Rules appId={null} />
        <p className="note">
          <a href={noticeAddress(i18n.language)}>{t('app.ownNotice')}</a>
        </p>
      </section>
    </div>
  )
}

function Row({ app }: { app: AppView }) {
  const slug = useTenant() ?? ''
  const language = useLanguage()
  return (
    <li className="row">
      <div className="row-main">
        <h2 className="row-title">
          <Link to="/t/$slug/app/$appId" params={{ slug, appId: app.appId }}>
            {app.name[language]}
          </Link>
        </h2>
        <AppStanding app={app} />
      </div>
    </li>
  )
}

/** How the notice of an app stands. */
export function AppStanding({ app }: { app: AppView }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { state, version, missing, reviewDue, isReviewOver } = app
  return (
    <>
      <p>
        <span className={state === 'draft' || state === 'changed' ? 'waiting' : undefined}>
          {t(`app.state.${state}`)}
        </span>
        {version === null ? null : ` · ${t('app.version', { number: version.number, day: day(version.at, language) })}`}
        {reviewDue === null || state === 'ended' ? null : (
          <span className={isReviewOver ? 'bad' : undefined}>
            {' · '}
            {t(isReviewOver ? 'app.reviewOver' : 'app.reviewDue', { day: day(reviewDue, language) })}
          </span>
        )}
      </p>
      {missing > 0 && state !== 'ended' ? <p className="bad">{t('app.missing', { count: missing })}</p> : null}
    </>
  )
}

function NewApp({ activities }: { activities: Choices['activities'] }) {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const navigate = useNavigate()
  const [name, setName] = useState({ en: '', de: '' })
  const [own, setOwn] = useState<string | null>(null)
  const [activityIds, setActivityIds] = useState<string[]>([])
  const address = own ?? slugOf(name.en || name.de)
  const adding = useChange('app.add', {
    stale,
    quiet: true,
    onDone: ({ appId }) => void navigate({ to: '/t/$slug/app/$appId', params: { slug, appId } }),
  })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        adding.mutate({ slug: address, facts: { ...noFacts, name }, activityIds })
      }}
    >
      <TextInput
        required
        maxLength={120}
        label={t('app.nameEn')}
        value={name.en}
        onChange={(event) => setName({ ...name, en: event.currentTarget.value })}
      />
      <TextInput
        required
        maxLength={120}
        label={t('app.nameDe')}
        value={name.de}
        onChange={(event) => setName({ ...name, de: event.currentTarget.value })}
      />
      <TextInput
        required
        maxLength={40}
        pattern="[a-z0-9]([a-z0-9\-]*[a-z0-9])?"
        label={t('app.slug')}
        description={t('app.slugHint')}
        value={address}
        onChange={(event) => setOwn(event.currentTarget.value)}
      />
      {activities.length === 0 ? null : (
        <Checkbox.Group
          label={t('app.begin')}
          description={t('app.beginHint')}
          value={activityIds}
          onChange={setActivityIds}
        >
          {activities.map(({ id, name: activity }) => (
            <Checkbox key={id} mt="xs" value={id} label={activity} />
          ))}
        </Checkbox.Group>
      )}
      <Refusal error={adding.error} />
      <Button type="submit" variant="filled" loading={adding.isPending}>
        {t('app.add')}
      </Button>
    </form>
  )
}
