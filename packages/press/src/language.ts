/** Languages of the product's own words. */
export type Language = 'en' | 'de'
