#include "CLinearShim.h"

#include <sys/mman.h>
#if defined(__linux__)
#include <malloc.h>
#endif

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <memory>
#include <new>
#include <vector>

// Dual coordinate descent for several labels at once (Hsieh et al. 2008, algorithm 3, as in liblinear's solver 1).
//
// The labels of a group visit the same rows in the same order, so that a row's columns are read once for all of them, and the
// weights of all of them for a column lie in one cache line. With a factor s on the values of a column, weights w on scaled
// values are kept as u = s·w: u·x is then the score of unscaled values, and a step d along the scaled row is u += d·s²·x.

namespace {

constexpr int kLanes = CLINEAR_GROUP_LABELS;
typedef float Lanes __attribute__((vector_size(kLanes * sizeof(float))));

struct FreeLanes {
    void operator()(Lanes *memory) const { std::free(memory); }
};
typedef std::unique_ptr<Lanes[], FreeLanes> LaneArray;

LaneArray make_lanes(int64_t count) {
    // Columns are visited at random: with small pages every visit would also miss the table of pages.
    constexpr size_t page = size_t(2) << 20;
    const size_t size = (static_cast<size_t>(std::max<int64_t>(1, count)) * sizeof(Lanes) + page - 1) / page * page;
    void *memory = std::aligned_alloc(page, size);
    if (memory) madvise(memory, size, MADV_HUGEPAGE);
    return LaneArray(static_cast<Lanes *>(memory));
}

uint64_t next_random(uint64_t &state) {
    uint64_t z = (state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

constexpr int kMostSweeps = 1000;
constexpr int kAhead = 12;

// The lanes of a step are as wide as the machine has them. Nothing is fused: every machine gets the same bytes.
#if defined(__x86_64__)
#define CLINEAR_WIDE __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define CLINEAR_WIDE
#endif

CLINEAR_WIDE void solve(const clinear_matrix &matrix, const int32_t *rows, const int8_t *all_targets, int64_t count,
                        Lanes *const weights, const Lanes *const squares, Lanes &bias, Lanes *const alphas,
                        Lanes *const curves, int32_t *const order, const float diagonal, const float epsilon,
                        const uint64_t seed) {
#pragma clang fp contract(off)
    const float infinity = std::numeric_limits<float>::infinity();
    for (int64_t i = 0; i < count; ++i) {
        order[i] = static_cast<int32_t>(i);
        alphas[i] = Lanes{};
        Lanes sum = Lanes{} + (1.0f + diagonal);
        const int32_t row = rows[i];
        for (int64_t k = matrix.row_starts[row]; k < matrix.row_starts[row + 1]; ++k)
            sum += squares[matrix.columns[k]] * (matrix.values[k] * matrix.values[k]);
        curves[i] = sum;
    }
    // A label is finished when a sweep over all rows ends within the tolerance; it rests when one over some rows does.
    bool finished[kLanes], resting[kLanes];
    float highest[kLanes], lowest[kLanes], bound[kLanes];
    for (int l = 0; l < kLanes; ++l) {
        finished[l] = true;
        for (int64_t i = 0; i < count; ++i) finished[l] = finished[l] && all_targets[i * kLanes + l] == 0;
        resting[l] = finished[l];
        bound[l] = infinity;
    }
    int64_t active = count;
    uint64_t state = seed;
    for (int sweep = 0; sweep < kMostSweeps; ++sweep) {
        const bool is_whole = active == count;
        for (int l = 0; l < kLanes; ++l) {
            highest[l] = -infinity;
            lowest[l] = infinity;
        }
        for (int64_t place = active - 1; place > 0; --place)
            std::swap(order[place], order[next_random(state) % static_cast<uint64_t>(place + 1)]);
        for (int64_t place = 0; place < active;) {
            const int32_t i = order[place];
            const int64_t first = matrix.row_starts[rows[i]];
            const int64_t end = matrix.row_starts[rows[i] + 1];
            Lanes score = bias;
            for (int64_t k = first; k < end; ++k) {
                if (k + kAhead < end) __builtin_prefetch(&weights[matrix.columns[k + kAhead]], 1);
                score += weights[matrix.columns[k]] * matrix.values[k];
            }
            Lanes step{};
            bool moves = false;
            bool matters = false;
            const int8_t *targets = &all_targets[static_cast<size_t>(i) * kLanes];
            Lanes &alpha = alphas[i];
            for (int l = 0; l < kLanes; ++l) {
                if (resting[l] || targets[l] == 0) continue;
                const float target = targets[l];
                const float gradient = target * score[l] - 1.0f + alpha[l] * diagonal;
                float projected = gradient;
                if (alpha[l] == 0.0f) projected = std::min(gradient, 0.0f);
                if (alpha[l] != 0.0f || gradient <= bound[l]) matters = true;
                highest[l] = std::max(highest[l], projected);
                lowest[l] = std::min(lowest[l], projected);
                if (std::fabs(projected) <= 1e-7f) continue;
                const float before = alpha[l];
                const float after = std::max(before - gradient / curves[i][l], 0.0f);
                alpha[l] = after;
                step[l] = (after - before) * target;
                moves = true;
            }
            if (moves) {
                bias += step;
                for (int64_t k = first; k < end; ++k) {
                    if (k + kAhead < end) __builtin_prefetch(&squares[matrix.columns[k + kAhead]], 0);
                    weights[matrix.columns[k]] += squares[matrix.columns[k]] * matrix.values[k] * step;
                }
            }
            if (matters) {
                ++place;
            } else {
                --active;
                std::swap(order[place], order[active]);
            }
        }
        bool all_rest = true;
        bool all_finished = true;
        for (int l = 0; l < kLanes; ++l) {
            if (!resting[l]) {
                resting[l] = highest[l] == -infinity || highest[l] - lowest[l] <= epsilon;
                if (resting[l] && is_whole) finished[l] = true;
                bound[l] = highest[l] > 0 ? highest[l] : infinity;
            }
            all_rest = all_rest && resting[l];
            all_finished = all_finished && finished[l];
        }
        if (all_finished) break;
        if (all_rest) {
            active = count;
            for (int l = 0; l < kLanes; ++l) {
                resting[l] = finished[l];
                bound[l] = infinity;
            }
        }
    }
}

}  // namespace

struct clinear_group {
    const clinear_matrix matrix;
    LaneArray weights;
    LaneArray squares;
    Lanes bias;
    int64_t count;
    std::vector<int32_t> rows;
    // Per row, per label: +1, -1, or 0 where the label does not learn from the row.
    std::vector<int8_t> targets;
};

clinear_group *clinear_group_new(const clinear_matrix *matrix) {
    clinear_trainer *checked = clinear_trainer_new(matrix);
    if (!checked) return nullptr;
    clinear_trainer_free(checked);
#if defined(__GLIBC__)
    // What other threads freed before lies in their own heaps: it goes back before so much more is taken.
    malloc_trim(0);
#endif
    LaneArray weights = make_lanes(matrix->column_count);
    LaneArray squares = make_lanes(matrix->column_count);
    if (!weights || !squares) return nullptr;
    return new (std::nothrow)
        clinear_group{*matrix, std::move(weights), std::move(squares), Lanes{}, 0, {}, {}};
}

void clinear_group_free(clinear_group *group) { delete group; }

clinear_status clinear_group_begin(clinear_group *group, const int32_t *rows, int64_t count) {
    if (!group || !rows || count < 1 || count > std::numeric_limits<int32_t>::max()) return CLINEAR_INVALID_ARGUMENT;
    for (int64_t i = 0; i < count; ++i)
        if (rows[i] < 0 || rows[i] >= group->matrix.row_count) return CLINEAR_INVALID_ARGUMENT;
    try {
        group->rows.assign(rows, rows + count);
        group->targets.assign(static_cast<size_t>(count) * kLanes, 0);
        group->count = count;
        group->bias = Lanes{};
        for (int32_t c = 0; c < group->matrix.column_count; ++c) {
            group->weights[c] = Lanes{};
            group->squares[c] = Lanes{};
        }
        return CLINEAR_OK;
    } catch (const std::bad_alloc &) {
        return CLINEAR_OUT_OF_MEMORY;
    }
}

clinear_status clinear_group_set(clinear_group *group, int32_t label, const int8_t *targets, const float *scale) {
    if (!group || !targets || !scale || label < 0 || label >= kLanes || group->count < 1)
        return CLINEAR_INVALID_ARGUMENT;
    for (int64_t i = 0; i < group->count; ++i)
        if (targets[i] < -1 || targets[i] > 1) return CLINEAR_INVALID_ARGUMENT;
    for (int64_t i = 0; i < group->count; ++i) group->targets[i * kLanes + label] = targets[i];
    for (int32_t c = 0; c < group->matrix.column_count; ++c) group->squares[c][label] = scale[c] * scale[c];
    return CLINEAR_OK;
}

clinear_status clinear_group_train(clinear_group *group, double cost, double epsilon, uint64_t seed) {
    if (!group || group->count < 1 || !(cost > 0) || !(epsilon > 0)) return CLINEAR_INVALID_ARGUMENT;
    LaneArray alphas = make_lanes(group->count);
    LaneArray curves = make_lanes(group->count);
    if (!alphas || !curves) return CLINEAR_OUT_OF_MEMORY;
    try {
        std::vector<int32_t> order(static_cast<size_t>(group->count));
        solve(group->matrix, group->rows.data(), group->targets.data(), group->count, group->weights.get(),
              group->squares.get(), group->bias, alphas.get(), curves.get(), order.data(),
              static_cast<float>(0.5 / cost), static_cast<float>(epsilon), seed);
        return CLINEAR_OK;
    } catch (const std::bad_alloc &) {
        return CLINEAR_OUT_OF_MEMORY;
    }
}

clinear_status clinear_group_get(const clinear_group *group, int32_t label, float *weights, double *bias) {
    if (!group || !weights || !bias || label < 0 || label >= kLanes) return CLINEAR_INVALID_ARGUMENT;
    for (int32_t c = 0; c < group->matrix.column_count; ++c) weights[c] = group->weights[c][label];
    *bias = static_cast<double>(group->bias[label]);
    return CLINEAR_OK;
}
