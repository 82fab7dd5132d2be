/* LinearRegressor's updates of one weight and one bias, in C: how fast the machine could be. */

#include <math.h>

typedef struct { float value, accumulator, linear; } variable;

static void update(variable *v, float gradient, float rate) {
    float accumulator = v->accumulator + gradient * gradient;
    v->linear += gradient - (sqrtf(accumulator) - sqrtf(v->accumulator)) / rate * v->value;
    v->value = -v->linear / (sqrtf(accumulator) / rate);
    v->accumulator = accumulator;
}

void train(const double *x, const double *y, long steps, int batch_size, float rate, float *weights) {
    variable weight = {0, 0.1f, 0}, bias = {0, 0.1f, 0};
    for (long step = 0; step < steps; ++step) {
        float of_weight = 0, of_bias = 0;
        for (int i = 0; i < batch_size; ++i) {
            float feature = (float)x[step * batch_size + i];
            float error = weight.value * feature + bias.value - (float)y[step * batch_size + i];
            of_weight += 2 * error / batch_size * feature;
            of_bias += 2 * error / batch_size;
        }
        update(&weight, of_weight, rate);
        update(&bias, of_bias, rate);
    }
    weights[0] = weight.value;
    weights[1] = bias.value;
}
