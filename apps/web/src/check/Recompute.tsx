import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useState } from 'react'
import { useRead } from '../api/use-api.ts'
import { Loaded } from '../frame/Loaded.tsx'

/** Computes a verdict once more from what was seen that day, and says plainly where that cannot be done here. */
export function Recompute({ outcomeId }: { outcomeId: string }) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState(false)
  return (
    <>
      {asked ? <Answer outcomeId={outcomeId} /> : null}
      {asked ? null : (
        <Button size="compact-sm" variant="subtle" onClick={() => setAsked(true)}>
          {t('recompute.ask')}
        </Button>
      )}
    </>
  )
}

function Answer({ outcomeId }: { outcomeId: string }) {
  const { t } = useTranslation()
  const read = useRead('outcome.recompute', { outcomeId })
  return (
    <Loaded read={read}>
      {({ by, same, holds, version, running, release }) => (
        <p className="note" role="status">
          {t(holds ? 'recompute.holds' : 'recompute.holdsNot')}{' '}
          {same === null
            ? t(`recompute.${by === 'no-check' ? 'noCheck' : 'otherVersion'}`, { version, running })
            : t(same ? 'recompute.same' : 'recompute.other', { version })}{' '}
          {same === null
            ? release === null
              ? t('recompute.noRelease')
              : t('recompute.release', { version, release })
            : null}
          {by === 'other-code' ? t('recompute.otherCode') : null}
        </p>
      )}
    </Loaded>
  )
}
