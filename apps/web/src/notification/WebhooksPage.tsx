import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import type { Output } from '../api/api.ts'
import { useChange, useRead } from '../api/use-api.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { AddWebhook, Secret } from './AddWebhook.tsx'
import { Deliveries } from './Deliveries.tsx'
import { kindKey } from './kind-key.ts'
import './notification.css'

type Webhook = Output<'webhook.list'>['webhooks'][number]

/** Other programs that are told what happens here. */
export function WebhooksPage() {
  const { t } = useTranslation()
  const may = useMay('connection:write')
  if (!may)
    return (
      <Page title={t('webhook.title')} lead={t('webhook.lead')}>
        <p>{t('webhook.notYours')}</p>
      </Page>
    )
  return (
    <Page title={t('webhook.title')} lead={t('webhook.lead')}>
      <List />
      <AddWebhook />
    </Page>
  )
}

function List() {
  const { t } = useTranslation()
  const list = useRead('webhook.list', {})
  return (
    <Loaded read={list}>
      {({ webhooks }) =>
        webhooks.length === 0 ? (
          <p className="quiet">{t('webhook.none')}</p>
        ) : (
          <ul className="rows">
            {webhooks.map((webhook) => (
              <Row key={webhook.webhookId} webhook={webhook} />
            ))}
          </ul>
        )
      }
    </Loaded>
  )
}

function Row({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [opened, setOpened] = useState(false)
  const { webhookId, url, kinds, state, failingSince, previousUntil } = webhook
  const stale = { stale: ['webhook.list', 'webhook.history'] } as const
  const changing = useChange('webhook.change', stale)
  const testing = useChange('webhook.test', { ...stale, onDone: () => setOpened(true) })
  const isActive = state === 'active'
  return (
    <li className="row">
      <div className="row-main">
        <h2 className="row-title webhook-address">{url}</h2>
        <p className="note quiet">{kinds.map((kind) => t(`notification.kind.${kindKey(kind)}`)).join(' · ')}</p>
        <p className={isActive && failingSince === null ? 'note quiet' : 'note bad'}>
          {isActive && failingSince !== null
            ? t('webhook.failing', { moment: moment(failingSince, language) })
            : t(`webhook.state.${state}`)}
        </p>
        {previousUntil === null ? null : (
          <p className="note quiet">{t('webhook.bothUntil', { moment: moment(previousUntil, language) })}</p>
        )}
      </div>
      <div className="row-actions">
        {isActive ? (
          <Button
            size="compact-sm"
            loading={testing.isPending}
            onClick={() => testing.mutate({ webhookId })}
            aria-label={t('webhook.testOf', { url })}
          >
            {t('webhook.test')}
          </Button>
        ) : null}
        <Button
          size="compact-sm"
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
          aria-label={t('webhook.historyOf', { url })}
        >
          {t('webhook.history')}
        </Button>
        <Button
          size="compact-sm"
          loading={changing.isPending}
          onClick={() => changing.mutate({ webhookId, active: !isActive })}
          aria-label={t(isActive ? 'webhook.pauseOf' : 'webhook.resumeOf', { url })}
        >
          {t(isActive ? 'webhook.pause' : 'webhook.resume')}
        </Button>
        <Rotate webhook={webhook} />
        <Remove webhook={webhook} />
      </div>
      {opened ? <Deliveries webhookId={webhookId} isActive={isActive} /> : null}
    </li>
  )
}

function Rotate({ webhook: { webhookId, url } }: { webhook: Webhook }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const rotating = useChange('webhook.rotate', { stale: ['webhook.list'] })
  const title = t('webhook.rotateOf', { url })
  const close = () => {
    setAsking(false)
    rotating.reset()
  }
  return (
    <>
      <Button size="compact-sm" onClick={() => setAsking(true)} aria-label={title}>
        {t('webhook.rotate')}
      </Button>
      <Dialog title={<span className="webhook-address">{title}</span>} opened={asking} onClose={close}>
        {rotating.data ? (
          <Secret secret={rotating.data.secret} />
        ) : (
          <>
            <p>{t('webhook.rotateText')}</p>
            <p className="actions">
              <Button variant="filled" loading={rotating.isPending} onClick={() => rotating.mutate({ webhookId })}>
                {t('webhook.rotate')}
              </Button>
              <Button onClick={close}>{t('action.cancel')}</Button>
            </p>
          </>
        )}
      </Dialog>
    </>
  )
}

function Remove({ webhook: { webhookId, url } }: { webhook: Webhook }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const removing = useChange('webhook.remove', { stale: ['webhook.list'], onDone: () => setAsking(false) })
  const title = t('webhook.removeOf', { url })
  return (
    <>
      <Button size="compact-sm" onClick={() => setAsking(true)} aria-label={title}>
        {t('webhook.remove')}
      </Button>
      <Dialog title={<span className="webhook-address">{title}</span>} opened={asking} onClose={() => setAsking(false)}>
        <p>{t('webhook.removeText')}</p>
        <p className="actions">
          <Button variant="filled" loading={removing.isPending} onClick={() => removing.mutate({ webhookId })}>
            {t('webhook.remove')}
          </Button>
          <Button onClick={() => setAsking(false)}>{t('action.cancel')}</Button>
        </p>
      </Dialog>
    </>
  )
}
