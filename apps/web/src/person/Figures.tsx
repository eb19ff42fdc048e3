import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import type { Output } from '../api/api.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange, useRead } from '../api/use-api.ts'
import { Reason } from '../duty/Reason.tsx'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { stale } from './record.ts'

type Standing = Output<'staff.show'>['standings'][number]

/** “12 of 12”, for each measure that records stand behind, and whether a signatory signed it off. */
export function Figures() {
  const read = useRead('staff.show', {})
  return (
    <Loaded read={read}>
      {({ standings }) => (
        <div className="record-figures">
          {standings.map((standing) => (
            <Figure key={standing.measure} standing={standing} />
          ))}
        </div>
      )}
    </Loaded>
  )
}

function Figure({ standing }: { standing: Standing }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const maySign = useMay('edition:sign')
  const [taking, setTaking] = useState(false)
  const { measure, covered, of, due, expired, missing, signed } = standing
  const signing = useChange('staff.sign', { stale: [...stale, 'register.show'], quiet: true })
  const withdrawing = useChange('staff.withdraw', {
    stale: [...stale, 'register.show'],
    onDone: () => setTaking(false),
  })
  const open = [
    due > 0 ? t('record.figure.due', { count: due }) : null,
    expired > 0 ? t('record.figure.expired', { count: expired }) : null,
    missing > 0 ? t('record.figure.missing', { count: missing }) : null,
  ].filter((one) => one !== null)
  const title = t(`record.measure.${measure}`)
  return (
    <section className="record-figure" aria-label={title}>
      <h2>{title}</h2>
      <div className="record-number">
        {of === 0 ? t('record.figure.nobody') : t('record.figure.of', { covered, of })}
      </div>
      <p className={missing + expired > 0 ? 'bad note' : 'note quiet'}>
        {of === 0 ? null : open.length === 0 ? t('record.figure.all') : open.join(' · ')}
      </p>
      <p className="note">
        {signed === null
          ? t('record.figure.unsigned')
          : t('record.figure.signed', {
              role: t(`role.${roleOf(signed.role)}`),
              on: day(signed.at, language),
              until: day(signed.until, language),
            })}
      </p>
      {signing.error ? (
        <p role="alert" className="bad note">
          {sentenceOf(signing.error, t)}
        </p>
      ) : null}
      {maySign ? (
        <div className="actions">
          <Button
            size="compact-sm"
            loading={signing.isPending}
            disabled={of === 0}
            aria-label={`${t(signed === null ? 'record.figure.sign' : 'record.figure.again')}: ${title}`}
            onClick={() => signing.mutate({ measure })}
          >
            {t(signed === null ? 'record.figure.sign' : 'record.figure.again')}
          </Button>
          {signed === null ? null : (
            <button
              type="button"
              className="text-button"
              aria-label={t('record.figure.withdrawOf', { name: title })}
              onClick={() => setTaking(true)}
            >
              {t('record.withdraw')}
            </button>
          )}
        </div>
      ) : null}
      <Dialog title={title} opened={taking} onClose={() => setTaking(false)}>
        <Reason
          lead={t('record.figure.withdrawText')}
          action={t('record.withdraw')}
          sending={withdrawing}
          onReason={(reason) => withdrawing.mutate({ measure, reason })}
        />
      </Dialog>
    </section>
  )
}

function roleOf(role: string): 'owner' | 'signatory' {
  return role === 'signatory' ? 'signatory' : 'owner'
}
