/** A bundle of its own (see esbuild.js), read when the first request is checked. */
export { Ajv2020 } from 'ajv/dist/2020';
