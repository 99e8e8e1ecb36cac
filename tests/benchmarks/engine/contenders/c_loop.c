/* Both passes over a scalar graph as one loop each: what the processor gives without a library. */

#include <math.h>
#include <stdint.h>
#include <string.h>

/* The order of Kind in scalar_graph.py. */
enum kind { LEAF, ADD, MUL, MAX, EXP, RECIPROCAL, SIGMOID, RELU };

static void forward(int64_t count, const uint8_t *kinds, const int32_t *first,
                    const int32_t *second, double *value) {
    for (int64_t i = 0; i < count; i++) {
        switch (kinds[i]) {
        case ADD: value[i] = value[first[i]] + value[second[i]]; break;
        case MUL: value[i] = value[first[i]] * value[second[i]]; break;
        case MAX: {
            double x = value[first[i]], y = value[second[i]];
            value[i] = x >= y ? x : y;
            break;
        }
        case EXP: value[i] = exp(value[first[i]]); break;
        case RECIPROCAL: value[i] = 1.0 / value[first[i]]; break;
        case SIGMOID: value[i] = 1.0 / (1.0 + exp(-value[first[i]])); break;
        case RELU: {
            double x = value[first[i]];
            value[i] = x > 0 ? x : 0;
            break;
        }
        }
    }
}

/* wire[2 i] and wire[2 i + 1] are what flows back along the wires into node i. */
static void backward(int64_t count, const uint8_t *kinds, const int32_t *first,
                     const int32_t *second, const double *value, double *gradient, double *wire) {
    for (int64_t i = count - 1; i >= 0; i--) {
        if (kinds[i] == LEAF) continue;
        double upstream = gradient[i], p, q;
        int32_t a = first[i];
        if (kinds[i] <= MAX) {
            int32_t b = second[i];
            if (kinds[i] == ADD) {
                p = q = upstream;
            } else if (kinds[i] == MUL) {
                p = upstream * value[b];
                q = upstream * value[a];
            } else {
                int wins = value[a] >= value[b];
                p = wins ? upstream : 0;
                q = wins ? 0 : upstream;
            }
            wire[2 * i + 1] = q;
            gradient[b] += q;
        } else if (kinds[i] == EXP) {
            p = upstream * value[i];
        } else if (kinds[i] == RECIPROCAL) {
            p = -upstream * value[i] * value[i];
        } else if (kinds[i] == SIGMOID) {
            p = upstream * value[i] * (1 - value[i]);
        } else {
            p = value[i] > 0 ? upstream : 0;
        }
        wire[2 * i] = p;
        gradient[a] += p;
    }
}

void run(int64_t count, int64_t root, const uint8_t *kinds, const int32_t *first,
         const int32_t *second, double *value, double *gradient, double *wire) {
    forward(count, kinds, first, second, value);
    memset(gradient, 0, (size_t)count * sizeof *gradient);
    gradient[root] = 1.0;
    backward(count, kinds, first, second, value, gradient, wire);
}
