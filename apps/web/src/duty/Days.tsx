import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sentenceOf } from '../api/sentence.ts'
import { useChange } from '../api/use-api.ts'
import { stale } from './rhythm.ts'

/** Says that there is a release, for the duties of each release. */
export function Release({ today }: { today: string }) {
  const { t } = useTranslation()
  const [version, setVersion] = useState('')
  const [on, setOn] = useState(today)
  const [due, setDue] = useState<number | null>(null)
  const releasing = useChange('duty.release', {
    stale,
    quiet: true,
    onDone: (done) => {
      setDue(done.due)
      setVersion('')
    },
  })
  return (
    <section className="section" aria-labelledby="releases">
      <h2 id="releases">{t('duty.releases')}</h2>
      <p className="quiet">{t('duty.releasesLead')}</p>
      <form
        className="filters"
        onSubmit={(event) => {
          event.preventDefault()
          releasing.mutate({ version: version.trim(), on })
        }}
      >
        <TextInput
          required
          maxLength={80}
          label={t('duty.releaseVersion')}
          value={version}
          onChange={(event) => setVersion(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          required
          label={t('duty.releaseOn')}
          value={on}
          error={releasing.error ? sentenceOf(releasing.error, t) : null}
          onChange={(event) => setOn(event.currentTarget.value)}
        />
        <Button type="submit" loading={releasing.isPending}>
          {t('duty.releaseSay')}
        </Button>
      </form>
      <p role="status" className="note">
        {due === null ? '' : due === 0 ? t('duty.releaseNone') : t('duty.releaseDue', { count: due })}
      </p>
    </section>
  )
}

/** In which time zone days begin and end. */
export function Zone({ timeZone, mayWrite }: { timeZone: string; mayWrite: boolean }) {
  const { t } = useTranslation()
  const saving = useChange('duty.configure', { stale, quiet: true })
  const zones = Intl.supportedValuesOf('timeZone')
  return (
    <section className="section" aria-labelledby="zone">
      <h2 id="zone">{t('duty.zone')}</h2>
      <p className="quiet">{t('duty.timeZone', { timeZone })}</p>
      {mayWrite ? (
        <NativeSelect
          className="zone"
          label={t('duty.zoneLabel')}
          value={timeZone}
          disabled={saving.isPending}
          error={saving.error ? sentenceOf(saving.error, t) : null}
          data={zones.includes(timeZone) ? zones : [timeZone, ...zones]}
          onChange={(event) => saving.mutate({ timeZone: event.currentTarget.value })}
        />
      ) : null}
    </section>
  )
}
