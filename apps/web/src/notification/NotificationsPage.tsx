import { Button, NativeSelect } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay, useMembership } from '../account/session.ts'
import type { Output } from '../api/api.ts'
import { useChange, useRead } from '../api/use-api.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { languages } from '../language/language.ts'
import { kindKey } from './kind-key.ts'

type Shown = Output<'notification.show'>
type Rhythm = Shown['choices'][number]['rhythm']

const rhythms: readonly Rhythm[] = ['now', 'daily', 'weekly', 'never']

/** What the person is told by mail in this tenant, and how soon. */
export function NotificationsPage() {
  const { t } = useTranslation()
  const slug = useMembership()?.slug
  const mayWebhooks = useMay('connection:write')
  const shown = useRead('notification.show', {})
  return (
    <Page title={t('notification.title')} lead={t('notification.lead')}>
      <Loaded read={shown}>{(now) => <Choices key={JSON.stringify(now)} shown={now} />}</Loaded>
      {mayWebhooks && slug !== undefined ? (
        <section className="section">
          <h2>{t('webhook.title')}</h2>
          <p>
            {t('notification.programs')}{' '}
            <Link to="/t/$slug/webhooks" params={{ slug }}>
              {t('notification.toWebhooks')}
            </Link>
          </p>
        </section>
      ) : null}
    </Page>
  )
}

function Choices({ shown }: { shown: Shown }) {
  const { t } = useTranslation()
  const [choices, setChoices] = useState(shown.choices)
  const [language, setLanguage] = useState(shown.language)
  const choosing = useChange('notification.choose', {
    stale: ['notification.show'],
    onDone: () => notifications.show({ message: t('notification.saved') }),
  })
  const nameOf = (id: string) => languages.find((known) => known.id === id)?.name ?? id
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        choosing.mutate({ choices, language })
      }}
    >
      {shown.mailIsSet ? null : <p className="aside-note">{t('notification.noMail')}</p>}
      {choices.map(({ kind, rhythm }) => (
        <NativeSelect
          key={kind}
          label={t(`notification.kind.${kindKey(kind)}`)}
          value={rhythm}
          onChange={(event) => {
            const wanted = rhythms.find((known) => known === event.currentTarget.value) ?? rhythm
            setChoices(choices.map((one) => (one.kind === kind ? { kind, rhythm: wanted } : one)))
          }}
          data={rhythms.map((one) => ({ value: one, label: t(`notification.rhythm.${one}`) }))}
        />
      ))}
      <NativeSelect
        label={t('notification.language')}
        value={language ?? ''}
        onChange={(event) => {
          const wanted = event.currentTarget.value
          setLanguage(wanted === 'en' || wanted === 'de' ? wanted : null)
        }}
        data={[
          { value: '', label: t('notification.asTenant', { language: nameOf(shown.tenantLanguage) }) },
          ...languages.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <Button type="submit" loading={choosing.isPending}>
        {t('notification.save')}
      </Button>
      <p className="note quiet">{t('notification.when')}</p>
    </form>
  )
}
