import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConnectionView, Output } from '../api/api.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange, useRead } from '../api/use-api.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import './drill-keys.css'

type Drill = Output<'drill.list'>['drills'][number]
type Key = Drill['keys'][number]

/** The public keys by which the results of a drill are signed: which there are, one more, one less. */
export function DrillKeys({ connection, mayChange }: { connection: ConnectionView; mayChange: boolean }) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  const title = t('drillKeys.of', { name: connection.systemName })
  return (
    <>
      <button type="button" className="text-button" aria-label={title} onClick={() => setOpened(true)}>
        {t('drillKeys.title')}
      </button>
      <Dialog title={title} opened={opened} onClose={() => setOpened(false)}>
        {opened ? <Keys connectionId={connection.id} mayChange={mayChange} /> : null}
      </Dialog>
    </>
  )
}

function Keys({ connectionId, mayChange }: { connectionId: string; mayChange: boolean }) {
  const { t } = useTranslation()
  const read = useRead('drill.list', {})
  return (
    <Loaded read={read}>
      {({ drills, audience }) => {
        const drill = drills.find((one) => one.connectionId === connectionId)
        if (!drill) return <p>{t('drillKeys.gone')}</p>
        return (
          <>
            <p>{t(drill.keys.length === 0 ? 'drillKeys.none' : 'drillKeys.some')}</p>
            <ul className="rows">
              {drill.keys.map((one) => (
                <KeyRow key={one.key} drill={drill} one={one} mayChange={mayChange} />
              ))}
            </ul>
            <p className="note quiet">{t('drillKeys.audience', audience)}</p>
            {mayChange ? <AddKey drill={drill} /> : null}
          </>
        )
      }}
    </Loaded>
  )
}

function KeyRow({ drill, one, mayChange }: { drill: Drill; one: Key; mayChange: boolean }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [asking, setAsking] = useState(false)
  const removing = useChange('drill.key_remove', { stale: ['drill.list'], quiet: true })
  const name = one.key.split('+').slice(0, 2).join('+')
  return (
    <li className="row">
      <div className="row-main">
        <p className="drill-key">
          <code>{one.key}</code>
        </p>
        <p className="note quiet">
          {t('drillKeys.added', { at: moment(one.addedAt, language) })}
          {' · '}
          {one.usedAt === null ? t('drillKeys.unused') : t('drillKeys.used', { at: moment(one.usedAt, language) })}
        </p>
        {asking ? (
          <div role="group" aria-label={t('drillKeys.removeOf', { name })}>
            <p>{t(drill.keys.length === 1 ? 'drillKeys.removeLast' : 'drillKeys.removeText')}</p>
            {removing.error ? (
              <p className="field-problem" role="alert">
                {sentenceOf(removing.error, t)}
              </p>
            ) : null}
            <div className="actions">
              <Button
                color="bad"
                variant="filled"
                loading={removing.isPending}
                onClick={() => removing.mutate({ drill: drill.drill, publicKey: one.key })}
              >
                {t('drillKeys.remove')}
              </Button>
              <Button onClick={() => setAsking(false)}>{t('action.cancel')}</Button>
            </div>
          </div>
        ) : null}
      </div>
      {mayChange && !asking ? (
        <div className="row-actions">
          <button
            type="button"
            className="text-button"
            aria-label={t('drillKeys.removeOf', { name })}
            onClick={() => setAsking(true)}
          >
            {t('drillKeys.remove')}
          </button>
        </div>
      ) : null}
    </li>
  )
}

function AddKey({ drill }: { drill: Drill }) {
  const { t } = useTranslation()
  const [key, setKey] = useState('')
  const adding = useChange('drill.key_add', { stale: ['drill.list'], quiet: true, onDone: () => setKey('') })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        adding.mutate({ drill: drill.drill, publicKey: key.trim() })
      }}
    >
      <Textarea
        label={t('drillKeys.add')}
        description={t('drillKeys.addHint')}
        value={key}
        onChange={(event) => setKey(event.currentTarget.value)}
        error={adding.error ? sentenceOf(adding.error, t) : undefined}
        autosize
        minRows={2}
        required
        withAsterisk={false}
        maxLength={300}
        autoComplete="off"
        spellCheck={false}
      />
      <div className="actions">
        <Button type="submit" variant="filled" loading={adding.isPending} disabled={key.trim() === ''}>
          {t('drillKeys.addSubmit')}
        </Button>
      </div>
    </form>
  )
}
