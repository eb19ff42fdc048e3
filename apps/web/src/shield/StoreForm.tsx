import { Button, NativeSelect, PasswordInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../api/api.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange } from '../api/use-api.ts'

const empty = { name: '', endpoint: '', region: '', bucket: '', addressing: 'path' as 'path' | 'host' }

/** A new object store; or another access key for one that is there. */
export function StoreForm({
  store,
  onDone,
}: {
  store?: Output<'shield.store_list'>['stores'][number]
  onDone: () => void
}) {
  const { t } = useTranslation()
  const [place, setPlace] = useState(empty)
  const [key, setKey] = useState({ accessKeyId: '', secretAccessKey: '' })
  const done = () => {
    setPlace(empty)
    setKey({ accessKeyId: '', secretAccessKey: '' })
    onDone()
  }
  const adding = useChange('shield.store_add', { stale: ['shield.store_list'], quiet: true, onDone: done })
  const entering = useChange('shield.store_enter', { stale: ['shield.store_list'], quiet: true, onDone: done })
  const error = adding.error ?? entering.error
  const plain = { required: true, withAsterisk: false, autoComplete: 'off', spellCheck: false }
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        if (store === undefined) adding.mutate({ ...place, ...key })
        else entering.mutate({ storeId: store.storeId, ...key })
      }}
    >
      {store === undefined ? (
        <>
          <TextInput
            {...plain}
            label={t('shieldJob.name')}
            maxLength={100}
            value={place.name}
            onChange={(event) => setPlace({ ...place, name: event.currentTarget.value })}
          />
          <TextInput
            {...plain}
            type="url"
            label={t('shieldJob.endpoint')}
            description={t('shieldJob.endpointText')}
            value={place.endpoint}
            onChange={(event) => setPlace({ ...place, endpoint: event.currentTarget.value })}
          />
          <TextInput
            {...plain}
            label={t('shieldJob.region')}
            description={t('shieldJob.regionText')}
            pattern="[a-z0-9\-]{2,32}"
            value={place.region}
            onChange={(event) => setPlace({ ...place, region: event.currentTarget.value })}
          />
          <TextInput
            {...plain}
            label={t('shieldJob.bucket')}
            pattern="[a-z0-9][a-z0-9.\-]{1,61}[a-z0-9]"
            value={place.bucket}
            onChange={(event) => setPlace({ ...place, bucket: event.currentTarget.value })}
          />
          <NativeSelect
            label={t('shieldJob.addressing')}
            value={place.addressing}
            onChange={(event) =>
              setPlace({ ...place, addressing: event.currentTarget.value === 'host' ? 'host' : 'path' })
            }
            data={[
              { value: 'path', label: t('shieldJob.inPath') },
              { value: 'host', label: t('shieldJob.inHost') },
            ]}
          />
        </>
      ) : null}
      <TextInput
        {...plain}
        label={t('shieldJob.accessKeyId')}
        value={key.accessKeyId}
        onChange={(event) => setKey({ ...key, accessKeyId: event.currentTarget.value })}
      />
      <PasswordInput
        {...plain}
        label={t('shieldJob.secretAccessKey')}
        description={t('shieldJob.sealed')}
        value={key.secretAccessKey}
        onChange={(event) => setKey({ ...key, secretAccessKey: event.currentTarget.value })}
        visibilityToggleButtonProps={{ 'aria-label': t('account.showPassword') }}
      />
      {error ? (
        <p role="alert" className="bad">
          {sentenceOf(error, t)}
        </p>
      ) : null}
      <div className="actions">
        <Button type="submit" variant="filled" loading={adding.isPending || entering.isPending}>
          {t('action.save')}
        </Button>
      </div>
    </form>
  )
}
