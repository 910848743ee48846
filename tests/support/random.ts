export { randomFrom } from '../../src/pipeline/random.ts';
