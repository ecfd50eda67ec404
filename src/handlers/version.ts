/** The version that packs and reports name: package.json's, checked by a test. */
export const APP_VERSION = '0.1.0';
