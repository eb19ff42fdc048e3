import { Button, Checkbox, NumberInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import { useChange, useTenant } from '../api/use-api.ts'
import { stale } from './processor-view.ts'

/** Whether the public page lists sub-processors, and how long before changes are announced. */
export function PublicList({ isPublic, noticeDays }: { isPublic: boolean; noticeDays: number }) {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const maySign = useMay('edition:sign')
  const [shown, setShown] = useState(isPublic)
  const [days, setDays] = useState(noticeDays)
  const saving = useChange('processor.configure', { stale })
  return (
    <section className="section">
      <h2>{t('processor.public')}</h2>
      <p>
        {t(isPublic ? 'processor.isListed' : 'processor.isNotListed', { count: noticeDays })}{' '}
        {isPublic ? <a href={`/trust/${slug}/processors`}>{t('processor.seeList')}</a> : null}
      </p>
      {maySign ? (
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault()
            saving.mutate({ isPublic: shown, noticeDays: days })
          }}
        >
          <Checkbox
            label={t('processor.listThem')}
            checked={shown}
            onChange={(event) => setShown(event.currentTarget.checked)}
          />
          <NumberInput
            hideControls
            label={t('processor.noticeDays')}
            min={1}
            max={365}
            value={days}
            onChange={(value) => setDays(Number(value))}
          />
          <Button type="submit" loading={saving.isPending} disabled={shown === isPublic && days === noticeDays}>
            {t('processor.save')}
          </Button>
        </form>
      ) : null}
    </section>
  )
}
