import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import type { Output } from '../api/api.ts'
import { fetchFile, keepFile } from '../api/download.ts'
import { tenantAddress } from '../api/request.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange, useTenant } from '../api/use-api.ts'
import { Dialog } from '../frame/Dialog.tsx'

type Shown = NonNullable<Output<'subscriber.list'>['subscribers']>[number]

/** One subscriber: everything stored about them can be handed out, and erased. */
export function Subscriber({ subscriber, about }: { subscriber: Shown; about: string }) {
  const may = useMay('access:write')
  return (
    <li className="row">
      <div className="row-main">
        <h3 className="row-title subscriber-address">{subscriber.email}</h3>
        <p className="note quiet">{about}</p>
      </div>
      <div className="row-actions">
        <Export subscriber={subscriber} />
        {may ? <Remove subscriber={subscriber} /> : null}
      </div>
    </li>
  )
}

function Export({ subscriber: { subscriberId, email } }: { subscriber: Shown }) {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const exporting = useMutation({
    mutationFn: async () =>
      keepFile(await fetchFile(tenantAddress(slug, 'subscriber.export', { subscriberId }), 'subscriber.json')),
    onError: (error) => notifications.show({ message: sentenceOf(error, t), color: 'red' }),
  })
  return (
    <Button
      size="compact-sm"
      loading={exporting.isPending}
      onClick={() => exporting.mutate()}
      aria-label={t('subscriber.exportOf', { email })}
    >
      {t('subscriber.export')}
    </Button>
  )
}

function Remove({ subscriber: { subscriberId, email } }: { subscriber: Shown }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const removing = useChange('subscriber.remove', { stale: ['subscriber.list'], onDone: () => setAsking(false) })
  const title = t('subscriber.removeOf', { email })
  return (
    <>
      <Button size="compact-sm" onClick={() => setAsking(true)} aria-label={title}>
        {t('subscriber.remove')}
      </Button>
      <Dialog
        title={<span className="subscriber-address">{title}</span>}
        opened={asking}
        onClose={() => setAsking(false)}
      >
        <p>{t('subscriber.removeText')}</p>
        <p className="actions">
          <Button variant="filled" loading={removing.isPending} onClick={() => removing.mutate({ subscriberId })}>
            {t('subscriber.remove')}
          </Button>
          <Button onClick={() => setAsking(false)}>{t('action.cancel')}</Button>
        </p>
      </Dialog>
    </>
  )
}
