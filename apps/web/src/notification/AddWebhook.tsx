import { Button, Checkbox, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sentenceOf } from '../api/sentence.ts'
import { useChange } from '../api/use-api.ts'
import { kindKey } from './kind-key.ts'
import type { Kind } from './kind-key.ts'

const kinds: readonly Kind[] = [
  'finding.opened',
  'finding.closed',
  'look.failed',
  'platform.reported',
  'duty.due',
  'duty.missed',
  'leaving.open',
  'review.asked',
  'contract.ending',
  'contract.due',
  'edition.published',
  'file.refused',
  'member.changed',
  'webhook.disabled',
  'tenant.suspended',
]

/** Adds a webhook and shows its secret, this once. */
export function AddWebhook() {
  const { t } = useTranslation()
  const [url, setUrl] = useState('')
  const [wanted, setWanted] = useState<readonly Kind[]>(['finding.opened', 'finding.closed'])
  const adding = useChange('webhook.add', { stale: ['webhook.list'], quiet: true, onDone: () => setUrl('') })
  return (
    <section className="section" aria-labelledby="add-webhook">
      <h2 id="add-webhook">{t('webhook.add')}</h2>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          adding.mutate({ url: url.trim(), kinds: [...wanted] })
        }}
      >
        <TextInput
          type="url"
          label={t('webhook.address')}
          description={t('webhook.addressHint')}
          value={url}
          onChange={(event) => setUrl(event.currentTarget.value)}
          error={adding.error ? sentenceOf(adding.error, t) : undefined}
          required
          withAsterisk={false}
          autoComplete="off"
        />
        <Checkbox.Group
          label={t('webhook.kinds')}
          value={[...wanted]}
          onChange={(given) => setWanted(kinds.filter((kind) => given.includes(kind)))}
        >
          <div className="webhook-kinds">
            {kinds.map((kind) => (
              <Checkbox key={kind} value={kind} label={t(`notification.kind.${kindKey(kind)}`)} />
            ))}
          </div>
        </Checkbox.Group>
        <Button type="submit" loading={adding.isPending} disabled={wanted.length === 0}>
          {t('webhook.submit')}
        </Button>
      </form>
      <div role="status">{adding.data ? <Secret secret={adding.data.secret} /> : null}</div>
    </section>
  )
}

/** A secret that is shown this once. */
export function Secret({ secret }: { secret: string }) {
  const { t } = useTranslation()
  return (
    <>
      <p>{t('webhook.secretOnce')}</p>
      <pre className="webhook-secret">{secret}</pre>
    </>
  )
}
